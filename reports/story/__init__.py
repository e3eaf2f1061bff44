"""What a page consists of, before it is laid out: elements, charts, header and footer."""
