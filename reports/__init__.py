"""The printed page: what a report says, and its three readings on paper, on screen and as figures."""
