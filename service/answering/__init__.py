"""Answerers: from the best passages to statements. Each one's quotes are verified after it."""
