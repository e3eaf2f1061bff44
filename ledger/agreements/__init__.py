"""Agreements: what runs over time, one folder each; every move is one transaction with a key of its own."""
