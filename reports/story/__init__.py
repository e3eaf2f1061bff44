"""The content of a report before layout: elements, chart specifications, header and footer."""
