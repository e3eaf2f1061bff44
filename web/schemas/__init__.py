"""Forms and requests, understood: text in, typed values out, and no database."""
