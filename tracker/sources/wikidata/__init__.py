"""wikidata."""
