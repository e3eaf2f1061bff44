"""Barter trade: a swap that everyone in it agrees on; it stands in the books when the last has said yes."""
