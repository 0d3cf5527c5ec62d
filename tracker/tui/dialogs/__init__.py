"""Everything modal."""
