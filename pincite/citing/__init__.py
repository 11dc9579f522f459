"""Where words stand in a document, and how that is printed: by The Bluebook, by rule."""
