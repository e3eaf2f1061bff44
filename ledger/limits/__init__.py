"""Limits on hours: the rules, and where an account stands against them."""
