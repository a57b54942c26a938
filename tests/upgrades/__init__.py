"""The release before: its Statements, recorded, and its requests on the schema of today."""
