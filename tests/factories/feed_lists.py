"""The lists by which a client of the change feed reads what it is told of, and whose lists they are."""

from tests.support import Json

_WITHDRAWN: tuple[Json, ...] = ({}, {"withdrawn": "true"})
_ALL: tuple[Json, ...] = ({},)
LISTS: dict[str, tuple[str, tuple[Json, ...]]] = {
    "session": ("/sessions", _ALL),
    "course": ("/courses", _ALL),
    "medicine": ("/medicines", _ALL),
    "note": ("/notes", _ALL),
    "reflection": ("/reflections", ({"view": "summary"},)),
    "goal": ("/goals", _WITHDRAWN),
    "split_care": ("/split-care-agreements", _ALL),
    "shared_summary": ("/shared-summaries", _WITHDRAWN),
    "plan": ("/plans", _ALL),
    "practice": ("/practices", _ALL),
    "safety_plan": ("/safety-plans", _ALL),
    "measure_response": ("/measure-responses", _WITHDRAWN),
    "psychotherapy_note": ("/psychotherapy-notes", ({}, {"granted": "true"})),
    "patient": ("/patients", _ALL),
    "order": ("/orders", _ALL),
    "dose": ("/doses", _WITHDRAWN),
    "consent": ("/consents", _ALL),
    "adverse_event": ("/adverse-events", _WITHDRAWN),
    "home_count": ("/home-counts", _ALL),
    "lab_result": ("/lab-results", _WITHDRAWN),
    "amendment_request": ("/amendment-requests", _ALL),
    "record_request": ("/record-requests", _ALL),
    "disclosure": ("/disclosures", _WITHDRAWN),
    "arc_window": ("/arc-windows", _ALL),
    "check_in": ("/check-ins", _WITHDRAWN),
    "flag": ("/flags", _ALL),
    "safeguarding_report": (
        "/safeguarding-reports",
        tuple({"place": place} for place in ("reporter", "lead", "deputy")),
    ),
    "export": ("/me/exports", _ALL),
    "notice": ("/notices", _ALL),
    "shift": ("/shifts", _ALL),
    "custody_container": ("/custody-containers", _ALL),
    "consent_document": ("/consent-documents", ({}, {"retired": "true"})),
    "note_template": ("/note-templates", _ALL),
}
"""The ids of each kind that a client may hold, by its list, and the queries that show all of them together."""
PATIENTS = frozenset({"patient", "other_patient"})
OF_CLINIC = frozenset({"consent_document", "note_template", "notice", "safeguarding_report"})
OF_STAFF = frozenset({"shift", "custody_container"})
OF_ADMIN = OF_CLINIC | OF_STAFF | {"patient"}
OFFICERS = frozenset({"auditor", "privacy_officer"})
OF_PATIENTS = frozenset(LISTS) - OF_STAFF - {"psychotherapy_note", "flag"}
OF_TEAM = frozenset(LISTS) - {"export"}
EACH_STEP = frozenset(
    {
        *("session", "note", "reflection", "plan", "measure_response", "psychotherapy_note", "patient"),
        *("safeguarding_report", "export", "amendment_request", "notice"),
    }
)
"""Kinds with readers of their own, whose lists are asked after each random step."""
ALIKE = frozenset(LISTS) - EACH_STEP
"""Kinds that everybody sees who sees sessions, or all of the clinic: their lists are asked at the end."""
PARTS: dict[str, str] = {
    **dict.fromkeys(("readiness", "vitals", "assessment", "discharge"), "session"),
    **dict.fromkeys(("rems_form", "remote_session", "capture_link"), "session"),
    **dict.fromkeys(("care_team", "home_supply"), "patient"),
}
"""Kinds that have the id of a thing they belong to: who is told of one sees that thing."""


def kinds_of(name: str) -> frozenset[str]:
    """Return the kinds whose lists this person may ask for."""
    if name in OFFICERS:
        return OF_CLINIC | OF_STAFF
    return OF_ADMIN if name == "admin" else OF_PATIENTS if name in PATIENTS else OF_TEAM
