"""HTTP as every operation has it: routing, endpoints, errors, paging, versions, retries. No word of the domain."""
