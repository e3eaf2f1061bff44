"""Barter: things and favours swapped, in agreed values that are not money."""
