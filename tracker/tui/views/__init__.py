"""The views of the shows: list, month and timeline."""
