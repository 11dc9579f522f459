"""Markdown: codes, orders, articles, and words off printed pages."""
