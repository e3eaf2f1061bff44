"""Members, their roles, sign-in slips and erasure."""
