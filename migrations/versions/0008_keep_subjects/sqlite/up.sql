-- SQLite cannot change a condition of a table: the table is made anew.

CREATE TABLE entry_text_before AS SELECT * FROM entry_text;
DROP TABLE entry_text;
CREATE TABLE entry_text (
  community_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  part TEXT NOT NULL,
  mac BLOB NOT NULL,
  salt BLOB,
  body TEXT,
  erased_act INTEGER,
  CONSTRAINT entry_text_pkey PRIMARY KEY (community_id, entry_id, part),
  CONSTRAINT entry_text_community_id_entry_id_fkey FOREIGN KEY (community_id, entry_id) REFERENCES journal_entry (community_id, entry_id),
  CONSTRAINT entry_text_community_id_erased_act_fkey FOREIGN KEY (community_id, erased_act) REFERENCES act (community_id, act_id),
  CONSTRAINT entry_text_part_check CHECK (part IN ('narration', 'reason', 'note', 'subject')),
  CONSTRAINT entry_text_mac_check CHECK (length(mac) = 32),
  CONSTRAINT entry_text_salt_check CHECK (length(salt) = 32),
  CONSTRAINT entry_text_erased_check CHECK ((salt IS NULL) = (body IS NULL) AND (body IS NULL) = (erased_act IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO entry_text SELECT * FROM entry_text_before ORDER BY community_id, entry_id, part;
DROP TABLE entry_text_before;

CREATE TRIGGER entry_text_insert BEFORE INSERT ON entry_text BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check constraints') WHERE NOT (
    (NEW.part = 'narration' OR NEW.part = 'reason' OR NEW.part = 'note' OR NEW.part = 'subject')
    AND length(NEW.mac) = 32
    AND length(NEW.salt) = 32
    AND (NEW.salt IS NULL) = (NEW.body IS NULL) AND (NEW.body IS NULL) = (NEW.erased_act IS NOT NULL)
  ) AND (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-posted: entry_text') WHERE EXISTS
    (SELECT 1 FROM entry_text WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id AND part = NEW.part);
  SELECT RAISE(ABORT, 'late-text: the entry is sealed or unknown, or the text is empty') WHERE NEW.body IS NULL
    OR EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.entry_id)
    OR NOT EXISTS (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id);
END;
CREATE TRIGGER entry_text_by_hand BEFORE UPDATE ON entry_text BEGIN
  SELECT RAISE(ABORT, 'text-guard: text can only be erased, with its own act') WHERE
    NEW.community_id <> OLD.community_id OR NEW.entry_id <> OLD.entry_id OR NEW.part <> OLD.part OR NEW.mac <> OLD.mac
    OR NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR OLD.body IS NULL OR NOT EXISTS
    (SELECT 1 FROM act WHERE community_id = OLD.community_id AND act_id = NEW.erased_act AND kind = 'erase'
       AND entry_id = OLD.entry_id AND coalesce(json_extract(facts, '$.part'), OLD.part) = OLD.part)
    OR EXISTS (SELECT 1 FROM seal WHERE community_id = OLD.community_id AND seq = NEW.erased_act);
END;
CREATE TRIGGER entry_text_kept BEFORE DELETE ON entry_text BEGIN SELECT RAISE(ABORT, 'append-only: entry_text'); END;
