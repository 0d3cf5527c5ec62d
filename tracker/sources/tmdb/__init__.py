"""tmdb."""
