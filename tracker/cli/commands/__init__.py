"""The commands, a module for each group; only the one that runs is imported."""
