"""Every table of the product, for migrations and the tests that compare them with the models."""
