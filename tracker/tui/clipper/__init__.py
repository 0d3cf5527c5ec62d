"""clipper."""
