"""The public services that are asked about shows, and the manners in which that is done."""
