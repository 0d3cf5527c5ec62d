"""What shows, claims and windows are: values, without I/O and without a clock."""
