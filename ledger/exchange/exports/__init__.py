"""Exports of the journal, one file per format, and the digest that two copies share."""
