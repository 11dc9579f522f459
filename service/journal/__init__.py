"""The log of answers: kept as a chain of records, asked again, checked again after an ingest."""
