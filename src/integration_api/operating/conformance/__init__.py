"""The conformance kit: a black box test of any deployment, by HTTP alone (docs/conformance.md)."""
