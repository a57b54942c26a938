"""Programs of a clinic that use this API: each has a secret, and scopes that limit it."""
