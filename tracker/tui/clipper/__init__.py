"""Clipping in the app: an article beside what was read out of it."""
