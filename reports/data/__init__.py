"""The frozen data of a report, and how one snapshot of the books is read into it."""
