"""Liver values from a laboratory: ALT and AST, each with the upper limit of its laboratory."""
