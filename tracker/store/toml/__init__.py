"""TOML text: read, cut into statements, and edited in place."""
