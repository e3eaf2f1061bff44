"""Background jobs: filed in a table, claimed by one worker at a time, and claimed again if the worker dies."""
