"""Storage: Statements, the two databases, encryption, keys, migrations. It knows no word of the domain."""
