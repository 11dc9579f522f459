"""Scanned pages: which engine, and what it reads."""
