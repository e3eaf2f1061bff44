"""Moving a community to another database: its links go in again one after another, past the guards that stand there."""
