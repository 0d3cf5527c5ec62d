"""Names, dates and words of prose."""
