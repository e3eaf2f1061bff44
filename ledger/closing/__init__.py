"""Closing months and years, and opening a closed month again."""
