"""Programs of a clinic's own that use this API: each with a secret, and a chosen part of what programs may do."""
