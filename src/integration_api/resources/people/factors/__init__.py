"""One's own second factors and recovery codes."""
