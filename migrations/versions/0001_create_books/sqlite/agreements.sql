-- Agreements and their moves; not part of the chain.

CREATE TABLE agreement (
  community_id INTEGER NOT NULL,
  agreement_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  CONSTRAINT agreement_pkey PRIMARY KEY (community_id, agreement_id),
  CONSTRAINT agreement_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT agreement_agreement_id_check CHECK (agreement_id > 0),
  CONSTRAINT agreement_kind_check CHECK (kind <> ''),
  CONSTRAINT agreement_state_check CHECK (state <> ''),
  CONSTRAINT agreement_opened_at_check CHECK (opened_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT agreement_body_check CHECK (json_valid(body) AND json_type(body) = 'object')
) STRICT, WITHOUT ROWID;

CREATE TABLE agreement_move (
  community_id INTEGER NOT NULL,
  agreement_id INTEGER NOT NULL,
  move_no INTEGER NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  moved_by INTEGER NOT NULL,
  moved_at TEXT NOT NULL,
  idem_scope TEXT NOT NULL,
  idem_key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  CONSTRAINT agreement_move_pkey PRIMARY KEY (community_id, agreement_id, move_no),
  CONSTRAINT agreement_move_idem_key_idem_scope_community_id_key UNIQUE (idem_key, idem_scope, community_id),
  CONSTRAINT agreement_move_community_id_agreement_id_fkey FOREIGN KEY (community_id, agreement_id) REFERENCES agreement (community_id, agreement_id),
  CONSTRAINT agreement_move_community_id_moved_by_fkey FOREIGN KEY (community_id, moved_by) REFERENCES party (community_id, party_id),
  CONSTRAINT agreement_move_move_no_check CHECK (move_no > 0),
  CONSTRAINT agreement_move_to_state_check CHECK (to_state <> ''),
  CONSTRAINT agreement_move_idem_scope_check CHECK (idem_scope <> ''),
  CONSTRAINT agreement_move_idem_key_check CHECK (length(idem_key) BETWEEN 1 AND 200),
  CONSTRAINT agreement_move_fingerprint_check CHECK (length(fingerprint) = 32),
  CONSTRAINT agreement_move_moved_at_check CHECK (moved_at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;

CREATE TRIGGER agreement_insert BEFORE INSERT ON agreement BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: agreement') WHERE EXISTS
    (SELECT 1 FROM agreement WHERE community_id = NEW.community_id AND agreement_id = NEW.agreement_id);
END;
-- An agreement moves from state to state and its body follows; what it is stays.
CREATE TRIGGER agreement_identity BEFORE UPDATE ON agreement BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'append-only: agreement') WHERE NEW.community_id <> OLD.community_id
    OR NEW.agreement_id <> OLD.agreement_id OR NEW.kind <> OLD.kind OR NEW.opened_at <> OLD.opened_at;
END;
CREATE TRIGGER agreement_kept BEFORE DELETE ON agreement BEGIN SELECT RAISE(ABORT, 'append-only: agreement'); END;

CREATE TRIGGER agreement_move_insert BEFORE INSERT ON agreement_move BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: agreement_move') WHERE
    EXISTS (SELECT 1 FROM agreement_move WHERE community_id = NEW.community_id AND agreement_id = NEW.agreement_id
            AND move_no = NEW.move_no)
    OR EXISTS (SELECT 1 FROM agreement_move WHERE community_id = NEW.community_id AND idem_scope = NEW.idem_scope
               AND idem_key = NEW.idem_key);
END;
CREATE TRIGGER agreement_move_frozen BEFORE UPDATE ON agreement_move BEGIN
  SELECT RAISE(ABORT, 'append-only: agreement_move');
END;
CREATE TRIGGER agreement_move_kept BEFORE DELETE ON agreement_move BEGIN
  SELECT RAISE(ABORT, 'append-only: agreement_move');
END;
