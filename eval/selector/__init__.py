"""How the selector is trained: questions with the clauses that answer them, and near misses."""
