"""Exports and imports of journals and communities, as files that other programs can read."""
