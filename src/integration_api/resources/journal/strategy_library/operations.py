"""Operations on the strategy library."""

from integration_api.access.operations import ANYONE_IN_CLINIC, CLINICIANS_OF_CLINIC, EVERYBODY, Operation

LIST_STRATEGY_LIBRARY = Operation("strategy_library:list", None, EVERYBODY)
ADD_STRATEGY_LIBRARY_ENTRY = Operation("strategy_library:add", "strategy_library.added", CLINICIANS_OF_CLINIC)
READ_STRATEGY_LIBRARY_ENTRY = Operation("strategy_library:read", None, ANYONE_IN_CLINIC)
RETIRE_STRATEGY_LIBRARY_ENTRY = Operation("strategy_library:retire", "strategy_library.retired", CLINICIANS_OF_CLINIC)
