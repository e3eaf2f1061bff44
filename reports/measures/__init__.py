"""Measures that several indicators and tables share: hours, sums, plan, grants, emergency fund, privacy."""
