"""Registers: what describes the community beside its entries; each list append-only, dated by acts, in the chain."""
