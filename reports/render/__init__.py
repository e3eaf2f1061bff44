"""Rendering of a story as PDF, HTML, CSV and JSON."""
