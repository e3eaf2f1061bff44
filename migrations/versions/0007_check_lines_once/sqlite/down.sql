-- Every line and every word asks SQLite for its switches.

DROP TRIGGER posting_insert;
CREATE TRIGGER posting_insert BEFORE INSERT ON posting BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-posted: posting') WHERE EXISTS
    (SELECT 1 FROM posting WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id AND line = NEW.line);
  SELECT RAISE(ABORT, 'late-posting: the entry is sealed or unknown') WHERE
    EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.entry_id)
    OR NOT EXISTS (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id
                   AND effective_on = NEW.effective_on);
END;

DROP TRIGGER entry_text_insert;
CREATE TRIGGER entry_text_insert BEFORE INSERT ON entry_text BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check foreign keys or constraints') WHERE
    (SELECT foreign_keys FROM pragma_foreign_keys) = 0 OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-posted: entry_text') WHERE EXISTS
    (SELECT 1 FROM entry_text WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id AND part = NEW.part);
  SELECT RAISE(ABORT, 'late-text: the entry is sealed or unknown, or the text is empty') WHERE NEW.body IS NULL
    OR EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.entry_id)
    OR NOT EXISTS (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id);
END;
