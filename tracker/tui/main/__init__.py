"""The main screen and its helpers."""
