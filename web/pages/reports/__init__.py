"""Printed reports, and checking a printed sheet."""
