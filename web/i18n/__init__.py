"""Translated messages, the language of a page, and the formats of amounts and dates."""
