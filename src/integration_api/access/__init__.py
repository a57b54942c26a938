"""Who is asking, and may they: accounts, actions, the policy table, visibility, the unit of work."""
