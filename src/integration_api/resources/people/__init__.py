"""The clinic, who signs in, and whose charts these are."""
