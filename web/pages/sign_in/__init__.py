"""Signing in, one-time links and the member’s own login."""
