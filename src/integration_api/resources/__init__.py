"""What the API serves: areas in dependency order, and in each a folder a resource (see ARCHITECTURE.md)."""
