"""Budgets and meters."""
