"""Upkeep: entries that a treasurer writes line by line."""
