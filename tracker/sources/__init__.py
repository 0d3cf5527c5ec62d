"""The online sources: TVmaze, TMDB and Wikidata."""
