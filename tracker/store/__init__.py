"""The watchlist file, its journal and backups, the settings, and the database of sources."""
