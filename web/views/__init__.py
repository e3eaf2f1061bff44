"""What pages show, made from the books: frozen and worded, so that a template only places it."""
