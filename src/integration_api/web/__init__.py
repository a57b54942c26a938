"""HTTP, the same for every operation: routing, endpoints, errors, paging, versions, retries. No word of the domain."""
