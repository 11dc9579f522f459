"""Who cites what: the clause that a citation names, and the passages that name it."""
