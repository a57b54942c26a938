"""How a resource joins the house: `make new-resource` writes one, `make check-resource` says what one still lacks."""
