"""Citations in text: found and normalised, and printed as pinpoints by rule."""
