"""Benchmarks: each prints its figures and what could have moved them. Never pass or fail."""
