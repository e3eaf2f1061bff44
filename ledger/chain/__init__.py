"""The hash chain: hashing of entries and acts, recording of acts, and anchors to compare with."""
