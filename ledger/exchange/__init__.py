"""Exchange: journals and communities out of the books and into them, as files that other programs can read."""
