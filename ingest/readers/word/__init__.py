"""DOCX: paragraphs, numbering, tracked changes."""
