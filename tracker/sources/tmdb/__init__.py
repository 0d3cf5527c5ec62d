"""TMDB: films and series."""
