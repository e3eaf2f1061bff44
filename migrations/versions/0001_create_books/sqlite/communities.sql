-- Communities and their people.
-- Every refusal begins with a slug that ledger/database/error_translation.py knows and arrives as an IntegrityError.
-- Insert guards look for the row themselves: REPLACE deletes without asking the delete guards (unless recursive_triggers is on).
-- RAISE(ABORT) holds under OR IGNORE and OR REPLACE. Reading a pragma in a trigger needs trusted_schema, which is on by default.

CREATE TABLE community (
  community_id INTEGER NOT NULL,
  uid TEXT NOT NULL,
  slug TEXT NOT NULL,
  CONSTRAINT community_pkey PRIMARY KEY (community_id),
  CONSTRAINT community_uid_key UNIQUE (uid),
  CONSTRAINT community_slug_key UNIQUE (slug),
  CONSTRAINT community_community_id_check CHECK (community_id > 0),
  CONSTRAINT community_slug_check CHECK (slug <> ''),
  CONSTRAINT community_uid_check CHECK (length(uid) = 36 AND uid = lower(uid))
) STRICT, WITHOUT ROWID;

CREATE TABLE party (
  community_id INTEGER NOT NULL,
  party_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  CONSTRAINT party_pkey PRIMARY KEY (community_id, party_id),
  CONSTRAINT party_community_id_fkey FOREIGN KEY (community_id) REFERENCES community (community_id),
  CONSTRAINT party_party_id_check CHECK (party_id >= 0),
  CONSTRAINT party_kind_check CHECK (kind IN ('community', 'member', 'household', 'group', 'enterprise', 'peer', 'outside', 'system'))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER community_insert BEFORE INSERT ON community BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: community') WHERE EXISTS
    (SELECT 1 FROM community WHERE community_id = NEW.community_id OR uid = NEW.uid OR slug = NEW.slug);
END;
-- Only the slug may change, and never to one that another community has (UPDATE OR REPLACE would delete that one).
CREATE TRIGGER community_identity BEFORE UPDATE ON community BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'append-only: community') WHERE NEW.community_id <> OLD.community_id OR NEW.uid <> OLD.uid
    OR EXISTS (SELECT 1 FROM community WHERE slug = NEW.slug AND community_id <> OLD.community_id);
END;
CREATE TRIGGER community_kept BEFORE DELETE ON community BEGIN SELECT RAISE(ABORT, 'append-only: community'); END;

CREATE TRIGGER party_insert BEFORE INSERT ON party BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-there: party') WHERE EXISTS
    (SELECT 1 FROM party WHERE community_id = NEW.community_id AND party_id = NEW.party_id);
END;
CREATE TRIGGER party_frozen BEFORE UPDATE ON party BEGIN SELECT RAISE(ABORT, 'append-only: party'); END;
CREATE TRIGGER party_kept BEFORE DELETE ON party BEGIN SELECT RAISE(ABORT, 'append-only: party'); END;
