"""What is kept: Statements, the two databases, sealing, keys, migrations. No word of the domain."""
