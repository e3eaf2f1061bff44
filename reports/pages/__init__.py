"""Pages that reports are put together from: each takes a sheet and a voice and gives story elements."""
