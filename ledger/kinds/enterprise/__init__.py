"""Enterprise: what a co-operative business or a fund sells, and what it pays for."""
