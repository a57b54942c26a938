"""The operations on instruments."""

from integration_api.access.operations import EVERYBODY, Operation

LIST_INSTRUMENTS = Operation("instrument:list", None, EVERYBODY)
READ_INSTRUMENT = Operation("instrument:read", None, EVERYBODY)
