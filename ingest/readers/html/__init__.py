"""HTML: law whose letters stand in list markup, and articles."""
