"""Wikidata: works of all countries."""
