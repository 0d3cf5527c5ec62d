"""The panes with everything about the selected show."""
