"""Read-only views of a list: what is near, what comes when, how well dates were kept."""
