"""Imports of a journal, of registers and of people, from files."""
