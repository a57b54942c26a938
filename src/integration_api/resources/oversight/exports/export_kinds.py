"""All kinds of an export, in the order of its data files, and the tables of a chart that have no file of their own."""

from collections.abc import Mapping

from integration_api.resources.oversight.exports.care_kinds import CARE_KINDS
from integration_api.resources.oversight.exports.journal_kinds import JOURNAL_KINDS

KINDS = (*CARE_KINDS, *JOURNAL_KINDS)

WITHIN: Mapping[str, str] = {
    "patients": "patient",
    "readiness_checks": "readiness",
    "link_events": "observer_watches",
    "observer_checks": "observer_watches",
    "insights": "reflections",
    "strategies": "plan_strategies",
    "measure_scores": "measure_responses",
    "ledger": "access_log",
}
"""Tables whose rows are shown in the file of a kind with another name."""
LEFT_OUT: Mapping[str, str] = {
    "accounts": "of sign-in",
    "capture_links": "of sign-in; each entry names the link by which it was written",
    "changes": "the feed, of ids alone",
    "custody_entries": "the clinic's register of its stock; what was given out is in the home supplies",
    "dose_holds": "shown to staff alone",
    "emergency_accesses": "shown to privacy officers; that the chart was opened is in the access log",
    "exports": "of this file itself",
    "flag_events": "the work of the clinic",
    "flags": "the work of the clinic; what raised them is here",
    "inbox_items": "what is new; the things themselves are here",
    "notices": "what happened; it is in the access log",
    "patient_name_parts": "blind indexes",
    "psychotherapy_grants": "kept apart by law",
    "psychotherapy_notes": "kept apart by law",
    "reflection_tags": "blind indexes; the tags are in the reflections",
    "safeguarding_reports": "about staff; the lead and the deputy alone read them",
    "support_tokens": "secrets of a support person",
    "tasks": "the work of the clinic",
    "tombstones": "ids of what was deleted",
    "webhook_deliveries": "messages to programs of the clinic, of ids alone",
}
"""Tables of which no row is in an export, and why. `rules.py` says it to the patient."""
