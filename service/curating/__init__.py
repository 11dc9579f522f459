"""What a curator asks of a corpus: what is held, how it came in, what nearly agrees."""
