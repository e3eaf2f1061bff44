"""Work beside the screens."""
