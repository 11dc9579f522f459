"""Pages of PDFs as pictures, drawn on demand in a confined child, a quote's words boxed."""
