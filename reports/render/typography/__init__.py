"""Fonts, colours, sizes and line breaking, shared by PDF and charts."""
