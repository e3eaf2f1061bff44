"""Backups: creating and restoring them, and the logins of a community that moves to another database."""
