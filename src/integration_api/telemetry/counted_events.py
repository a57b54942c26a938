"""The events of the log that are counted, each under a name of its own: no label says which event it was."""

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, str]] = {
    "overloaded": ("journal_requests_overloaded", "Requests refused unread, as too many were in flight."),
    "refused": ("journal_requests_malformed", "Requests refused by the protocol: too slow, too large, not HTTP."),
    "throttled": ("journal_requests_throttled", "Requests refused by a rate limit."),
    "volume_exceeded": ("journal_volume_exceeded", "Accounts that were stopped as they opened too much."),
    "cut_off": ("journal_requests_cut_off", "Requests that outlasted the end of the process."),
    "failed": ("journal_requests_failed", "Requests that ended in an error of the product."),
    "database_down": ("journal_database_down", "Requests that the database did not answer."),
    "decryption_failed": ("journal_decryption_failed", "Texts that did not open: moved or altered."),
    "binding_broken": ("journal_binding_broken", "Rows that decide access and were moved or altered."),
    "sealing_failed": ("journal_sealing_failed", "Passes of the sealer that failed."),
    "worker_ended": ("journal_workers_ended", "Workers that ended and were replaced."),
}
"""The events of the log that are counted. No metric has the name of an event as a label."""
JOBS_FAILED = ("journal_jobs_failed", "Turns of the jobs behind the requests that failed.")
JOBS = frozenset(
    {
        "bulk_export_turn_failed",
        "export_turn_failed",
        "flag_clock_failed",
        "look_failed",
        "notification_turn_failed",
        "research_export_turn_failed",
        "roster_call_failed",
        "state_look_failed",
        "sweep_failed",
        "webhook_turn_failed",
    }
)
