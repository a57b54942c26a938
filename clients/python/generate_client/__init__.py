"""The generated modules of the client, made of `openapi.json`.

`operations.py` and `codes.py` are written by this package alone. `models.py` needs datamodel-code-generator, which
lives in an environment of its own. Its first line holds a digest of the schemas, so that a test without the generator
sees a document that has moved on.
"""
