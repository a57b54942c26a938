"""Rate limits: allowances in the database, attempts at secrets, and charts shown."""
