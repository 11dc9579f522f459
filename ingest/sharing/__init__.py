"""One checked file that a corpus travels in, from one city to another."""
