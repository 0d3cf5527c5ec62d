"""The command line, on which scripts and status bars rely."""
