"""Values and sentences in the language of the page."""
