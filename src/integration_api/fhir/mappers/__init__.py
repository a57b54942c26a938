"""One mapper a FHIR resource: from a response of the plain API to the resource, without a database and a clock."""
