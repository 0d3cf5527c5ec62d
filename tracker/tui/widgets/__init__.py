"""Building blocks that views, panes and dialogs share."""
