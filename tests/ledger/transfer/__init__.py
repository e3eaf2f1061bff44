"""Moving a community to another database."""
