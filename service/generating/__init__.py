"""Answers that a language model words, from passages that were found, each statement checked."""
