"""Payment: money that leaves the community's accounts, written down by one person and waiting for a second."""
