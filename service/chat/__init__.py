"""The service in the form of a chat model: what was said, and what is written back."""
