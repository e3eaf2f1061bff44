"""Closing months and years; asking to open a month again."""
