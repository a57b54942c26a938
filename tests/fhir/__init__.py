"""FHIR R4, over HTTP and by its pure mappers."""
