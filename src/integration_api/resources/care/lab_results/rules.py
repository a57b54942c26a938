"""Rules of lab results: a liver value that is high, and too many doses since one was measured (R27). All are pure.

Source: clinical.md sections 1.8 and 6, R27.
"""

from integration_api.resources.attention.flags.rules import FlagSeverity, Hit

RULE = "R27"
HIGH_TIMES = 3
"""A value above so many times the upper limit of its laboratory is high."""
MAX_SESSIONS_SINCE = 8
"""The sessions with a dose after a liver value until the next is due; the one after them raises the rule."""


def is_high(value: float, upper_limit: float) -> bool:
    """Return whether a liver value is above three times the upper limit; both in U/L."""
    return value > HIGH_TIMES * upper_limit


def hits_of_result(value: float, upper_limit: float) -> list[Hit]:
    """Return R27 if a liver value is high."""
    return [Hit(RULE, FlagSeverity.HIGH)] if is_high(value, upper_limit) else []


def text_of_sessions(sessions: int) -> str:
    """Return the words of the finding about so many sessions."""
    return f"{sessions} sessions with a dose since a liver value was measured"


def hits_of_withdrawal(before: int, sessions: int) -> list[Hit]:
    """Return R27 if a liver value is due without the one that is withdrawn.

    `before` and `sessions` are the sessions with a dose since the last value, with this one and without it.
    """
    is_due_by_it = before <= MAX_SESSIONS_SINCE < sessions
    return [Hit(RULE, FlagSeverity.MODERATE)] if is_due_by_it else []


def is_test_due(before: int, sessions: int) -> bool:
    """Return whether a dose is the first one of a session by which a liver value is due.

    `before` and `sessions` are the sessions since the last value without this dose and with it. The ninth session is
    told, and the next ones after eight more each, so that one chart does not raise it at each dose. POLICY.
    """
    return sessions > before > 0 and before % MAX_SESSIONS_SINCE == 0
