"""Claims that wait for a yes, and receipts."""
