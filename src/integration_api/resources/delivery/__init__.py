"""How changes reach a client: the change feed."""
