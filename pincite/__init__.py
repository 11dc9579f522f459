"""The words everybody shares, and the shelf. Imports none of the doors (`cli` excepted)."""
