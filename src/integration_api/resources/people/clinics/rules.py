"""Clinic policy is data: the defaults, and when a clinic is open."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from integration_api.access.limits.opened import DEFAULT_CHARTS_PER_TEN_MINUTES
from integration_api.resources.attention.flags.rules import FLAG_POLICIES

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS_AHEAD = 8

Hours = Mapping[str, list[list[str]]]
"""Opening hours by weekday, as they are stored: each span is its start and its end."""

POLICY_DEFAULTS: Mapping[str, int] = {
    "late_entry_hours": 72,
    "cosign_days": 7,
    "withhold_days": 365,
    "reflection_review_hours": 72,
    **FLAG_POLICIES,
    "plan_answer_days": 7,
    "effects_minimum_practices": 5,
    "outcomes_minimum_patients": 5,
    "emergency_access_hours": 4,
    "invitation_days": 14,
    "password_reset_hours": 24,
    "email_codes": 0,
    "sign_step_up": 1,
    "staff_idle_minutes": 60,
    "staff_sign_in_hours": 24,
    "patient_idle_days": 30,
    "patient_sign_in_days": 90,
    "retention_years": 7,
    "majority_years": 18,
    "charts_per_ten_minutes": DEFAULT_CHARTS_PER_TEN_MINUTES,
    "service_secret_overlap_hours": 24,
    "share_release_days": 30,
    "missed_reply_hours": 24,
    "export_days": 7,
    "prescribers_read_prose": 1,
    "check_in_closing_hours": 12,
    "remote_record": 1,
    "observer_check_minutes": 15,
    "monitoring_gap_minutes": 20,
    "altered_state_minutes_iv_infusion": 180,
    "altered_state_minutes_im": 180,
    "altered_state_minutes_sc": 180,
    "altered_state_minutes_intranasal_racemic": 180,
    "altered_state_minutes_intranasal_esketamine": 180,
    "altered_state_minutes_sublingual": 240,
    "altered_state_minutes_buccal": 240,
    "altered_state_minutes_oral": 300,
}
"""Our defaults; each clinic can set its own. Source: clinical.md section 2.2 and product.md, marked POLICY there.

How long staff stay signed in: NIST SP 800-63B-4, AAL2. `sign_step_up` 1: who signs a note has proved lately who they
are; 0: the sign-in is enough. How many charts one member of staff may open in ten minutes is our own choice; 0
means any number. `altered_state_minutes_` with a route: how long after a dose by it the patient is not asked to
decide; 0: not at all. Source: clinical.md section 1.2, column Clocks, POLICY. `share_release_days`: how far ahead a
patient may let an entry be read. `missed_reply_hours`: how long after a missed reply the next one is promised, while
the clinic is open. Both are our own choice. `remote_record` 1: a dose at home is held without a complete remote
record; `observer_check_minutes`: how often its observer looks. Source: clinical.md sections 1.8 and 6, R18, POLICY.
`monitoring_gap_minutes`: how long after a dose in a clinic nothing is measured before that is a gap; 0: no gap is
watched. Source: clinical.md section 6, R25, POLICY.
`prescribers_read_prose` 0: a prescriber of the care team reads no note and no reflection of others. Source: product.md,
POLICY. `check_in_closing_hours`: how long before a check-in closes the team is told; 0: not at all.
`export_days`: how long an export of a patient is kept; our own choice.
`email_codes` 1: codes of invitations and of password resets are sent by e-mail too.
`outcomes_minimum_patients`: the people that each number about the clinic's outcomes needs; below 5 it counts as 5.
"""


def policy(policies: Mapping[str, int], name: str) -> int:
    """Return the clinic's own value, or the default."""
    return policies.get(name, POLICY_DEFAULTS[name])


def all_policies(policies: Mapping[str, int]) -> dict[str, int]:
    """Return every policy: the clinic's own value, or our default."""
    return {name: policy(policies, name) for name in POLICY_DEFAULTS}


def shown_hours(hours: Hours) -> dict[str, list[dict[str, str]]]:
    """Return opening hours as an answer shows them: `{"mon": [{"opens": "09:00", "closes": "17:00"}]}`."""
    return {day: [{"opens": opens, "closes": closes} for opens, closes in spans] for day, spans in hours.items()}


def stored_hours(hours: Mapping[str, list[dict[str, str]]]) -> Hours:
    """Return opening hours as they are stored."""
    return {day: [[span["opens"], span["closes"]] for span in spans] for day, spans in hours.items()}


def is_open(hours: Hours, time_zone: str, at: datetime) -> bool:
    """Return whether the clinic is open at this instant, in its own time zone."""
    local = at.astimezone(ZoneInfo(time_zone))
    return any(start <= local.strftime("%H:%M") < end for start, end in hours.get(DAYS[local.weekday()], []))


def next_opening(hours: Hours, time_zone: str, at: datetime) -> datetime | None:
    """Return when the clinic opens next after this instant (in its time zone), or None if it has no hours."""
    zone = ZoneInfo(time_zone)
    local = at.astimezone(zone)
    for ahead in range(_DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        for start, _ in sorted(hours.get(DAYS[day.weekday()], [])):
            opening = datetime.strptime(f"{day.isoformat()} {start}", "%Y-%m-%d %H:%M").replace(tzinfo=zone)
            if opening > at:
                return opening
    return None
