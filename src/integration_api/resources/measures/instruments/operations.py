"""The operations on instruments."""

from integration_api.access.operations import ADMINS, EVERYBODY, Operation

LIST_INSTRUMENTS = Operation("instrument:list", None, EVERYBODY)
READ_INSTRUMENT = Operation("instrument:read", None, EVERYBODY)
ADD_INSTRUMENT = Operation("instrument:add", "instrument.added", ADMINS)
