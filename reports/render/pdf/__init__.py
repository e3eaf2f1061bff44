"""Setting type: from words to lines, from lines to blocks, from blocks to pages."""
