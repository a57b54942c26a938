"""Emergency access for tests."""

from tests.support import Json

WHY: Json = {"reason_code": "crisis_call", "reason": "They called, and nobody of their team was there."}
"""A body that opens a chart to somebody outside its care team."""
