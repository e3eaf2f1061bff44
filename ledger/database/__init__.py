"""Transactions and raw SQL on SQLite and PostgreSQL; database errors as named refusals."""
