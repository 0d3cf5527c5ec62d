"""What an article says of a show, one module for each kind of fact."""
