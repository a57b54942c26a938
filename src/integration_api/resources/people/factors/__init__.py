"""Your second factors and recovery codes."""
