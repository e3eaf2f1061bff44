-- Fails where an entry has a subject: its digest needs that text, so it cannot be dropped.
ALTER TABLE entry_text DROP CONSTRAINT entry_text_part_check,
  ADD CONSTRAINT entry_text_part_check CHECK (part IN ('narration', 'reason', 'note'));
