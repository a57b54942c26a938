"""Split care at the desk: an agreement is made and ended; outside is what it shares alone, and nothing is refused."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import IMANI, JUNIPER, LINDEN, NOOR, Clinic, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.rooms import faults_of, fill, send

if TYPE_CHECKING:
    from playwright.sync_api import Response

pytestmark = pytest.mark.browser


def test_an_agreement_is_made_shown_outside_and_ended(new_desk: NewDesk, clinic: Clinic, axe: str) -> None:
    reference = marker("LH").replace("-", "")
    consent_to_sharing(clinic)
    noor, patient = clinic.staff(NOOR), chart_of(clinic)
    back = {"account_id": noor.id, "role": "prescriber"}  # she has left this team in May
    clinic.staff(IMANI).ask("POST", f"/patients/{patient}/care-team", back)
    desk = new_desk(noor)
    desk.sign_in()
    desk.open(f"chart/{patient}")
    desk.page.get_by_role("link", name="Split care", exact=True).click()
    desk.sees("No agreement was made.")
    desk.press("New agreement")
    fill(desk, {"Their clinic": "Linden Harbour Practice", "The word by which they know the patient": reference})
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Visit notes", exact=True).uncheck()
    dialog.get_by_label("Who decides: nights and emergencies").select_option("therapist_clinic")
    assert faults_of(desk, axe) == []
    send(desk, "Agree")
    desk.page.get_by_role("heading", name="Linden Otherwhere, Linden Harbour Practice").wait_for()
    desk.sees("In force")

    outside = new_desk(clinic.staff(LINDEN))
    refused: list[str] = []

    def note(answer: "Response") -> None:
        if answer.status in (403, 404) and "/v1/" in answer.url:
            refused.append(answer.url)

    outside.page.on("response", note)
    outside.sign_in()
    outside.page.get_by_role("heading", name="Shared with you").wait_for()
    assert outside.page.locator("header nav a").all_inner_texts() == ["Shared with you", "You"]
    outside.page.get_by_role("link", name=reference).focus()
    outside.page.keyboard.press("Enter")
    outside.page.get_by_role("heading", name=reference).wait_for()
    outside.sees("Dose plan")
    outside.sees("This part is not shared with you.")
    assert "Juniper" not in outside.page.locator("body").inner_text()
    outside.open("patients")
    outside.page.get_by_role("heading", name="Shared with you").wait_for()
    outside.open("you")
    outside.page.get_by_role("heading", name="Linden Otherwhere").wait_for()
    assert refused == []

    desk.press("End it")
    fill(desk, {"Why": "The therapy is over."})
    send(desk, "End it")
    desk.sees("The therapy is over.")
    outside.open("shared-care")
    outside.page.get_by_role("link", name=re.compile("LH-2207")).wait_for()
    assert outside.page.get_by_role("link", name=reference).count() == 0
    assert refused == []


def test_what_is_missing_for_an_agreement_is_said(new_desk: NewDesk, clinic: Clinic) -> None:
    imani = clinic.staff(IMANI)
    chart = imani.new_chart(marker("Test Person").replace("-", " "))
    desk = new_desk()
    desk.sign_in()
    desk.open(f"split-care/{chart['patient_id']}")
    desk.sees("there is none that counts")
    assert desk.page.get_by_role("button", name="New agreement").count() == 0


def chart_of(clinic: Clinic) -> str:
    """The id of Juniper's chart."""
    found: str = clinic.member(JUNIPER).ask("GET", "/me")["patient_id"]
    return found


def consent_to_sharing(clinic: Clinic) -> None:
    """Let the therapist record Juniper's consent to sharing on paper."""
    imani = clinic.staff(IMANI)
    listed = imani.ask("GET", "/consent-documents?purpose=sharing")["items"][0]
    text = imani.ask("GET", f"/consent-documents/{listed['id']}")["texts"][0]
    body = {"document_id": listed["id"], "language": text["language"], "text_sha256": text["text_sha256"]}
    signed = {"signed_at": datetime.now(UTC).isoformat()}
    imani.ask("POST", f"/patients/{chart_of(clinic)}/consents", {**body, **signed})
