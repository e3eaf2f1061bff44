"""Frozen report data and its loaders."""
