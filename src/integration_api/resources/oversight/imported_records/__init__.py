"""Origins of what was imported into charts out of another system's files."""
