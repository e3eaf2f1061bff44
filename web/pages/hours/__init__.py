"""Logging hours, sessions and gifts of hours."""
