"""Home and the member’s own statement."""
