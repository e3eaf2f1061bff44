"""Work that runs beside the screens: filed in a table, claimed by one worker at a time, taken up again when it dies."""
