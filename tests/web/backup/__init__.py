"""Keeping the books safe."""
