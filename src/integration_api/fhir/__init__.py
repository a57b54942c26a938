"""FHIR R4 (4.0.1), outward and for reading alone: pure mappers over the responses of the plain API.

Each FHIR request becomes one ordinary request of the plain API, with its policy, its Statements and its ledger row. Its
value is mapped instead of being written as JSON. Nothing is stored as FHIR.
"""
