"""The operation that takes a batch of others."""

from integration_api.access.operations import EVERYBODY, Operation

SEND_BATCH = Operation("sync:send_batch", None, EVERYBODY)
"""Each item is allowed, recorded and refused by its own operation, so the batch leaves no row of its own."""
