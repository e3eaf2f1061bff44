-- Agreements and their moves; not part of the chain.

CREATE TABLE agreement (
  community_id BIGINT NOT NULL,
  agreement_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  opened_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  CONSTRAINT agreement_pkey PRIMARY KEY (community_id, agreement_id),
  CONSTRAINT agreement_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT agreement_agreement_id_check CHECK (agreement_id > 0),
  CONSTRAINT agreement_kind_check CHECK (kind <> ''),
  CONSTRAINT agreement_state_check CHECK (state <> ''),
  CONSTRAINT agreement_body_check CHECK (json_typeof(body::json) = 'object')
);

CREATE TABLE agreement_move (
  community_id BIGINT NOT NULL,
  agreement_id BIGINT NOT NULL,
  move_no BIGINT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  moved_by BIGINT NOT NULL,
  moved_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  idem_scope TEXT NOT NULL,
  idem_key TEXT NOT NULL,
  fingerprint BYTEA NOT NULL,
  CONSTRAINT agreement_move_pkey PRIMARY KEY (community_id, agreement_id, move_no),
  CONSTRAINT agreement_move_idem_key_idem_scope_community_id_key UNIQUE (idem_key, idem_scope, community_id),
  CONSTRAINT agreement_move_community_id_agreement_id_fkey FOREIGN KEY (community_id, agreement_id) REFERENCES agreement (community_id, agreement_id),
  CONSTRAINT agreement_move_community_id_moved_by_fkey FOREIGN KEY (community_id, moved_by) REFERENCES party (community_id, party_id),
  CONSTRAINT agreement_move_move_no_check CHECK (move_no > 0),
  CONSTRAINT agreement_move_to_state_check CHECK (to_state <> ''),
  CONSTRAINT agreement_move_idem_scope_check CHECK (idem_scope <> ''),
  CONSTRAINT agreement_move_idem_key_check CHECK (length(idem_key) BETWEEN 1 AND 200),
  CONSTRAINT agreement_move_fingerprint_check CHECK (length(fingerprint) = 32)
);

-- An agreement moves from state to state and its body follows; what it is stays.
CREATE TRIGGER agreement_identity BEFORE UPDATE ON agreement FOR EACH ROW EXECUTE FUNCTION identity_kept('state', 'body');
CREATE TRIGGER agreement_move_frozen BEFORE UPDATE ON agreement_move FOR EACH ROW EXECUTE FUNCTION append_only();
