"""Registers: append-only lists that describe the community; every change is an act in the chain."""
