"""HTTP: one client, its cache and its rate limits, and pages of the web."""
