"""One file a format: bytes to a Reading. The table of readers stands in `table`."""
