-- Registers, and the names that can be erased.

CREATE TABLE register_row (
  community_id BIGINT NOT NULL,
  register TEXT NOT NULL,
  key TEXT NOT NULL,
  act_id BIGINT NOT NULL,
  body TEXT,
  CONSTRAINT register_row_pkey PRIMARY KEY (community_id, register, key, act_id),
  CONSTRAINT register_row_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES act (community_id, act_id),
  CONSTRAINT register_row_register_check CHECK (register <> ''),
  CONSTRAINT register_row_key_check CHECK (key <> ''),
  CONSTRAINT register_row_body_check CHECK (json_typeof(body::json) = 'object')
);

CREATE TABLE party_text (
  community_id BIGINT NOT NULL,
  party_id BIGINT NOT NULL,
  part TEXT NOT NULL,
  act_id BIGINT NOT NULL,
  mac BYTEA NOT NULL,
  salt BYTEA,
  body TEXT,
  erased_act BIGINT,
  CONSTRAINT party_text_pkey PRIMARY KEY (community_id, party_id, part, act_id),
  CONSTRAINT party_text_community_id_party_id_fkey FOREIGN KEY (community_id, party_id) REFERENCES party (community_id, party_id),
  CONSTRAINT party_text_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES act (community_id, act_id),
  CONSTRAINT party_text_community_id_erased_act_fkey FOREIGN KEY (community_id, erased_act) REFERENCES act (community_id, act_id),
  CONSTRAINT party_text_part_check CHECK (part IN ('name', 'user')),
  CONSTRAINT party_text_mac_check CHECK (length(mac) = 32),
  CONSTRAINT party_text_salt_check CHECK (length(salt) = 32),
  CONSTRAINT party_text_erased_check CHECK ((salt IS NULL) = (body IS NULL) AND (body IS NULL) = (erased_act IS NOT NULL))
);

-- An unsealed act can only be one of this very transaction: no other can commit without its seal.
CREATE FUNCTION register_row_insert() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n WHERE
       (SELECT a.kind FROM act a WHERE a.community_id = n.community_id AND a.act_id = n.act_id) IS DISTINCT FROM 'record'
       OR (SELECT s.seq FROM seal s WHERE s.community_id = n.community_id AND s.seq = n.act_id) IS NOT NULL) THEN
    PERFORM refuse('late-register: its act is sealed or unknown');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER register_row_insert AFTER INSERT ON register_row REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION register_row_insert();

CREATE FUNCTION party_text_insert() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp SET enable_seqscan = off AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n WHERE n.body IS NULL
       OR (SELECT a.kind FROM act a WHERE a.community_id = n.community_id AND a.act_id = n.act_id) IS DISTINCT FROM 'record'
       OR (SELECT s.seq FROM seal s WHERE s.community_id = n.community_id AND s.seq = n.act_id) IS NOT NULL) THEN
    PERFORM refuse('late-name: its act is sealed or unknown, or the name is empty');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER party_text_insert AFTER INSERT ON party_text REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION party_text_insert();
CREATE TRIGGER party_text_by_hand BEFORE UPDATE ON party_text FOR EACH ROW WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION refuse_by_hand('text-guard: a name can only be erased, with its own act');
CREATE TRIGGER register_row_frozen BEFORE UPDATE ON register_row FOR EACH ROW EXECUTE FUNCTION append_only();

-- Nothing in any of these tables is deleted, one row at a time or all at once.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['community', 'party', 'unit', 'fund', 'chart_line', 'programme', 'decision', 'account', 'seal',
    'chain_head', 'act', 'agreement', 'agreement_move', 'period', 'journal_entry', 'posting', 'entry_text', 'balance', 'hold',
    'register_row', 'party_text'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', name || '_kept', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION append_only()', name || '_whole', name);
  END LOOP;
END $$;
