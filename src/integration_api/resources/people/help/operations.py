"""The operation of a call for help."""

from integration_api.access.operations import PATIENT, Operation
from integration_api.resources.people.help.fallback import help_without_anybody

ASK_FOR_HELP = Operation(
    "help:ask",
    "help.asked",
    PATIENT,
    needs_factor=False,
    otherwise=help_without_anybody,
    takes_capture_links=True,
)
