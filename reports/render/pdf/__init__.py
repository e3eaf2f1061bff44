"""Rendering of a story as tagged PDF."""
