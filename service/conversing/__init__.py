"""Follow-ups: a question that leans on earlier ones, read as one that stands by itself."""
