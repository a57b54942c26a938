"""The way in which a resource joins: `make new-resource` writes one, `make check-resource` lists its gaps."""
