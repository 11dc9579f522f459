"""PDF: a file to pages, lines, blocks and canonical text."""
