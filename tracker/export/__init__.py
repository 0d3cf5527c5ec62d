"""The list in the formats of other programs."""
