-- Registers, and the names that can be erased.

CREATE TABLE register_row (
  community_id INTEGER NOT NULL,
  register TEXT NOT NULL,
  key TEXT NOT NULL,
  act_id INTEGER NOT NULL,
  body TEXT,
  CONSTRAINT register_row_pkey PRIMARY KEY (community_id, register, key, act_id),
  CONSTRAINT register_row_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES act (community_id, act_id),
  CONSTRAINT register_row_register_check CHECK (register <> ''),
  CONSTRAINT register_row_key_check CHECK (key <> ''),
  CONSTRAINT register_row_body_check CHECK (body IS NULL OR json_valid(body) AND json_type(body) = 'object')
) STRICT, WITHOUT ROWID;

CREATE TABLE party_text (
  community_id INTEGER NOT NULL,
  party_id INTEGER NOT NULL,
  part TEXT NOT NULL,
  act_id INTEGER NOT NULL,
  mac BLOB NOT NULL,
  salt BLOB,
  body TEXT,
  erased_act INTEGER,
  CONSTRAINT party_text_pkey PRIMARY KEY (community_id, party_id, part, act_id),
  CONSTRAINT party_text_community_id_party_id_fkey FOREIGN KEY (community_id, party_id) REFERENCES party (community_id, party_id),
  CONSTRAINT party_text_community_id_act_id_fkey FOREIGN KEY (community_id, act_id) REFERENCES act (community_id, act_id),
  CONSTRAINT party_text_community_id_erased_act_fkey FOREIGN KEY (community_id, erased_act) REFERENCES act (community_id, act_id),
  CONSTRAINT party_text_part_check CHECK (part IN ('name', 'user')),
  CONSTRAINT party_text_mac_check CHECK (length(mac) = 32),
  CONSTRAINT party_text_salt_check CHECK (length(salt) = 32),
  CONSTRAINT party_text_erased_check CHECK ((salt IS NULL) = (body IS NULL) AND (body IS NULL) = (erased_act IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- An unsealed act can only be one of this very transaction: no other can commit without its seal.
CREATE TRIGGER register_row_insert BEFORE INSERT ON register_row BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: register_row') WHERE EXISTS
    (SELECT 1 FROM register_row WHERE community_id = NEW.community_id AND register = NEW.register AND key = NEW.key
       AND act_id = NEW.act_id);
  SELECT RAISE(ABORT, 'late-register: its act is sealed or unknown') WHERE
    EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.act_id)
    OR NOT EXISTS (SELECT 1 FROM act WHERE community_id = NEW.community_id AND act_id = NEW.act_id AND kind = 'record');
END;
CREATE TRIGGER register_row_frozen BEFORE UPDATE ON register_row BEGIN SELECT RAISE(ABORT, 'append-only: register_row'); END;
CREATE TRIGGER register_row_kept BEFORE DELETE ON register_row BEGIN SELECT RAISE(ABORT, 'append-only: register_row'); END;

CREATE TRIGGER party_text_insert BEFORE INSERT ON party_text BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: party_text') WHERE EXISTS
    (SELECT 1 FROM party_text WHERE community_id = NEW.community_id AND party_id = NEW.party_id AND part = NEW.part
       AND act_id = NEW.act_id);
  SELECT RAISE(ABORT, 'late-name: its act is sealed or unknown, or the name is empty') WHERE NEW.body IS NULL
    OR EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.act_id)
    OR NOT EXISTS (SELECT 1 FROM act WHERE community_id = NEW.community_id AND act_id = NEW.act_id AND kind = 'record');
END;
CREATE TRIGGER party_text_by_hand BEFORE UPDATE ON party_text BEGIN
  SELECT RAISE(ABORT, 'text-guard: a name can only be erased, with its own act') WHERE
    NEW.community_id <> OLD.community_id OR NEW.party_id <> OLD.party_id OR NEW.part <> OLD.part
    OR NEW.act_id <> OLD.act_id OR NEW.mac <> OLD.mac
    OR NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR OLD.body IS NULL OR NOT EXISTS
    (SELECT 1 FROM act WHERE community_id = OLD.community_id AND act_id = NEW.erased_act AND kind = 'erase'
       AND json_extract(facts, '$.party') = OLD.party_id)
    OR EXISTS (SELECT 1 FROM seal WHERE community_id = OLD.community_id AND seq = NEW.erased_act);
END;
CREATE TRIGGER party_text_kept BEFORE DELETE ON party_text BEGIN SELECT RAISE(ABORT, 'append-only: party_text'); END;
