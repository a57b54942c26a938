"""Rate limits: token buckets in the database, attempts at secrets, and charts opened."""
