"""The article itself: page, text, sentences, and the day of its publication."""
