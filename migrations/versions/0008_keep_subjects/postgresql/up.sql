ALTER TABLE entry_text DROP CONSTRAINT entry_text_part_check,
  ADD CONSTRAINT entry_text_part_check CHECK (part IN ('narration', 'reason', 'note', 'subject'));
