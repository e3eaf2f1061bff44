"""Fonts, colours, type sizes and line breaking, shared by PDF and charts."""
