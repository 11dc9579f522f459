"""A real small model behind a real endpoint, for the test that asks one."""
