"""What the API serves: one folder a resource, in dependency order (see ARCHITECTURE.md)."""
