"""Titles in an article, and which of them it is about."""
