"""A story as an HTML page."""
