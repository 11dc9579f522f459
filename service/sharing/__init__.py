"""Agreements and copies: what several texts share, shown once with its holders."""
