"""Reports: figures, tables and sentences from the books, rendered as PDF, HTML, CSV and JSON."""
