"""The file and its journal."""
