"""Every room of the desk: axe-core finds nothing in light, in dark at 320 px, and with text twice as large."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.all_screens import DESK
from tests.browser.clinic import ADA, LINDEN, ROWAN, Clinic, Json, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import NARROW, container
from tests.browser.desk.test_desk_access import DESKTOP, findings, no_more_to_come
from tests.browser.members import Staff

pytestmark = pytest.mark.browser

_OF_ADMINS = ("flag-times",)
_OF_OUTSIDE = ("shared-care", "shared-chart")
LARGE = "document.documentElement.style.setProperty('font-size', '200%')"


def first(staff: Staff, path: str) -> str:
    """The id of the first thing of a list."""
    found: str = staff.ask("GET", path)["items"][0]["id"]
    return found


def ids(clinic: Clinic, imani: Staff, chart: Json) -> dict[str, str]:
    """The ids that the addresses need: of the demo's longest chart, and of things that are made for this."""
    patient = next(one["id"] for one in imani.ask("GET", "/patients?limit=100")["items"] if one["email"] == ROWAN)
    sessions = imani.ask("GET", f"/sessions?patient_id={patient}&limit=100")["items"]
    notes = imani.ask("GET", f"/notes?patient_id={patient}&limit=100")["items"]
    now = datetime.now(UTC)
    times = {"planned_start_at": now.isoformat(), "planned_end_at": (now + timedelta(hours=1)).isoformat()}
    home = {"patient_id": chart["patient_id"], "phase": "dosing", "modality": "telehealth", **times}
    group = {"phase": "integration", "modality": "in_person", "topic": marker("Sleep"), **times}
    signed = next(one["id"] for one in notes if one["state"] == "signed")
    amendment = {"text": "It was my aunt.", "reason": "She raised me."}
    return {
        "patient": patient,
        "dosing": next(one["id"] for one in sessions if one["phase"] == "dosing" and one["state"] == "completed"),
        "note": signed,
        "reflection": first(imani, f"/reflections?patient_id={patient}&view=summary"),
        "plan": first(imani, f"/plans?patient_id={patient}&state=active"),
        "summary": first(imani, f"/shared-summaries?patient_id={patient}"),
        "agreement": first(imani, f"/split-care-agreements?patient_id={patient}"),
        "answer": first(imani, f"/measure-responses?patient_id={patient}"),
        "own_note": first(imani, f"/psychotherapy-notes?patient_id={patient}"),
        "at_home": imani.ask("POST", "/sessions", home)["id"],
        "change": imani.ask("POST", f"/notes/{signed}/amendment-requests", amendment)["id"],
        "copy": imani.ask("POST", "/record-requests", {"patient_id": patient, "text": "All of it."})["id"],
        "container": container(clinic)["id"],
        "flag": first(imani, f"/flags?patient_id={patient}"),
        "group": imani.ask("POST", "/group-sessions", {**group, "patient_ids": [patient, chart["patient_id"]]})["id"],
    }


def seen(desk: Desk, axe: str) -> list[str]:
    """The faults of the screen that is shown: findings of axe-core, parts cut off, parts that could not be read."""
    no_more_to_come(desk)
    desk.settle()
    told: list[str] = desk.page.locator("main [role=alert]").filter(has_text=re.compile(".")).all_inner_texts()
    return told + findings(desk, axe)


@pytest.mark.parametrize(
    ("scheme", "size", "is_large"),
    [("light", DESKTOP, False), ("dark", NARROW, False), ("dark", {"width": 640, "height": 800}, True)],
)
def test_every_room_can_be_used_by_everybody(
    new_desk: NewDesk, clinic: Clinic, imani: Staff, chart: Json, axe: str, scheme: str, size: Json, is_large: bool
) -> None:
    named, found = ids(clinic, imani, chart), {}
    for staff, rooms in (
        (imani, [name for name in DESK if name not in (*_OF_ADMINS, *_OF_OUTSIDE)]),
        (clinic.staff(ADA), list(_OF_ADMINS)),
        (clinic.staff(LINDEN), list(_OF_OUTSIDE)),
    ):
        desk = new_desk(staff, color_scheme=scheme, viewport=size, reduced_motion="reduce")
        if is_large:
            desk.page.add_init_script(f"addEventListener('DOMContentLoaded', () => {LARGE})")
        desk.sign_in()
        for name in rooms:
            desk.open(DESK[name].format(**named))
            heading = desk.page.locator("h1").inner_text()
            wrong = seen(desk, axe) + ([] if name == "" or "Worklist" not in heading else ["it is the worklist"])
            if wrong:
                found[name] = wrong
    assert found == {}
