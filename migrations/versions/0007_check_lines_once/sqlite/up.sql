-- Lines and words join only an entry that this transaction added itself, and whose header was refused where foreign keys
-- are not checked; within a transaction they cannot be switched off. Conditions can, so a row that does not meet its own
-- is looked at again. Asking SQLite for its switches takes longer than adding a row does; so does a list behind IN, which
-- becomes a table for each row.

DROP TRIGGER posting_insert;
CREATE TRIGGER posting_insert BEFORE INSERT ON posting BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check constraints') WHERE NOT (
    NEW.line > 0
    AND NEW.amount <> 0 AND NEW.amount BETWEEN -1000000000000000 AND 1000000000000000
    AND NEW.quantity_milli BETWEEN -1000000000000000 AND 1000000000000000
    AND NEW.quantity_unit <> ''
    AND (NEW.method = 'metered' OR NEW.method = 'estimated' OR NEW.method = 'stated' OR NEW.method = 'weighed')
    AND (NEW.quantity_milli IS NULL) = (NEW.quantity_unit IS NULL) AND (NEW.quantity_unit IS NULL) = (NEW.method IS NULL)
    AND NEW.period_id = CAST(substr(NEW.effective_on, 1, 4) AS INTEGER) * 100 + CAST(substr(NEW.effective_on, 6, 2) AS INTEGER)
  ) AND (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1;
  SELECT RAISE(ABORT, 'already-posted: posting') WHERE EXISTS
    (SELECT 1 FROM posting WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id AND line = NEW.line);
  SELECT RAISE(ABORT, 'late-posting: the entry is sealed or unknown') WHERE
    EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND seq = NEW.entry_id)
    OR NOT EXISTS (SELECT 1 FROM journal_entry WHERE community_id = NEW.community_id AND entry_id = NEW.entry_id
                   AND effective_on = NEW.effective_on);
END;

DROP TRIGGER entry_text_insert;
CREATE TRIGGER entry_text_insert BEFORE INSERT ON entry_text BEGIN
  SELECT RAISE(ABORT, 'checks-off: this connection does not check constraints') WHERE NOT (
    (NEW.part = 'narration' OR NEW.part = 'reason' OR NEW.part = 'note')
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
