"""The hash chain: how an entry is hashed, acts that are recorded beside entries, and anchors to check against."""
