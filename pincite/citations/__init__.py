"""Citations found in text: where each stands, and the key of what it cites."""
