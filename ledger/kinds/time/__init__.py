"""Hours: help given and received, sessions, work for the community, gifts of hours."""
