"""One run as one self-contained page: tables, plots, errors, every question."""
