"""Reopening: a closed month that someone asked to open again, waiting for a second person."""
