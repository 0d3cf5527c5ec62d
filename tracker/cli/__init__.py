"""The command line: what scripts and status bars call."""
