"""Putting files into a catalogued folder and ingesting it, wholly or not at all."""
