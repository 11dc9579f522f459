"""Answers, searches and comparisons as files to take away, and those files checked again."""
