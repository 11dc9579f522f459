"""The forms that benchmarks come in, one module a form."""
