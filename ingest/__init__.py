"""From source files to a published generation."""
