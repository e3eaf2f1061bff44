"""Barter trades."""
