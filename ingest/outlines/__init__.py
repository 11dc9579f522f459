"""Outlines: the text of a reading to its sections, one grammar a family of kinds."""
