"""The resources of the API, by area in dependency order; each is a folder (see ARCHITECTURE.md)."""
