"""Keeping the books safe: backups, restoring them, and moving a community to another database."""
