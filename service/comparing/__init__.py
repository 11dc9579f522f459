"""Places side by side: what each one's own law says on a question."""
