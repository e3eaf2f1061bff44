"""Translated messages, the language of a page, and how amounts and dates are written."""
