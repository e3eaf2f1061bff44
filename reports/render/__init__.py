"""Bytes from a story: PDF, HTML, CSV and JSON."""
