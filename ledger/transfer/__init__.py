"""Moves a community to another database: its links are replayed in order, and the triggers there check them."""
