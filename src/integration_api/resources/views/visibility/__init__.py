"""Visibility: the accounts that can see a thing now, by which rule, and how it is shown to them."""
