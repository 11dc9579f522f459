"""How each kind of document is cited, by rule: one module a family of kinds."""
