"""Year close: the last entry of a fund's year, proposed by one person and waiting for a second."""
