"""Authentication and authorization: accounts, operations, the policy, visibility, the unit of work."""
