"""Values and texts in the reader's language."""
