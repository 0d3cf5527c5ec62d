"""The guides: one text for GitHub, `tracker help` and the app."""
