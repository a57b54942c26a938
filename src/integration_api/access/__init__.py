"""Who is asking, and may they: accounts, operations, the policy, visibility, the unit of work."""
