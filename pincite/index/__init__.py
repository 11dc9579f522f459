"""The shelf of passages: an embedded engine by default, a Qdrant server by URL.

`open_store` chooses; both stores pass one contract test suite.
"""
