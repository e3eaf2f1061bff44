-- Whether a community's books can be written here. What was said before stays, and a move is for good.

CREATE TABLE standing (
  community_id INTEGER NOT NULL,
  standing_no INTEGER NOT NULL,
  state TEXT NOT NULL,
  about TEXT NOT NULL,
  since TEXT NOT NULL,
  CONSTRAINT standing_pkey PRIMARY KEY (community_id, standing_no),
  CONSTRAINT standing_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT standing_standing_no_check CHECK (standing_no > 0),
  CONSTRAINT standing_state_check CHECK (state IN ('open', 'read-only', 'moving', 'moved')),
  CONSTRAINT standing_since_check CHECK (since GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;

CREATE TRIGGER standing_insert BEFORE INSERT ON standing BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: standing') WHERE EXISTS
    (SELECT 1 FROM standing WHERE community_id = NEW.community_id AND standing_no >= NEW.standing_no);
  SELECT RAISE(ABORT, 'moved: the books are kept elsewhere') WHERE EXISTS
    (SELECT 1 FROM standing WHERE community_id = NEW.community_id AND state = 'moved');
END;
CREATE TRIGGER standing_frozen BEFORE UPDATE ON standing BEGIN SELECT RAISE(ABORT, 'append-only: standing'); END;
CREATE TRIGGER standing_kept BEFORE DELETE ON standing BEGIN SELECT RAISE(ABORT, 'append-only: standing'); END;
