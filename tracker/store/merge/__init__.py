"""Two versions of a watchlist become one, field by field."""
