"""Rendering of a story as HTML."""
