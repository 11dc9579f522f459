"""The reading room: pages that work without scripts, and small modules that make them quicker."""
