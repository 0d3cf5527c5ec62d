"""The list in the forms of other programs."""
