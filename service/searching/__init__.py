"""What a search finds, counted by facets, filtered, sorted and grouped, as plain values."""
