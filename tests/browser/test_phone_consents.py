"""Consents on the phone: read, signed outside the window of a dose, and taken back at any time."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.apart import TRATAMIENTO, give_dose, publish
from tests.browser.clinic import ASH, ROWAN, TOBIAS, WREN, Clinic, Json
from tests.browser.conftest import NewPhone
from tests.browser.device import refuse
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings

if TYPE_CHECKING:
    from playwright.sync_api import Request

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def clinic(apart: Clinic) -> Clinic:
    """The clinic that has documents to sign."""
    return apart


def in_force(clinic: Clinic, purpose: str) -> Json:
    """The document of a purpose."""
    (found,) = clinic.staff(TOBIAS).ask("GET", f"/consent-documents?purpose={purpose}")["items"]
    document: Json = clinic.staff(TOBIAS).ask("GET", f"/consent-documents/{found['id']}")
    return document


def last(clinic: Clinic, email: str, purpose: str) -> Json | None:
    """The signature that counts, or the last that did."""
    found = clinic.member(email).ask("GET", f"/consents?purpose={purpose}&limit=100")["items"]
    return next((one for one in found if one["is_last"]), None)


def take_back(clinic: Clinic, email: str, purpose: str) -> None:
    """Withdraw what somebody signed, if it counts: the demo's people have signed some of it."""
    signed = last(clinic, email, purpose)
    if signed is not None and signed["withdrawn_at"] is None:
        clinic.member(email).ask("POST", f"/consents/{signed['id']}/withdraw", version=signed["version"])


def open_document(phone: Phone, purpose: str) -> None:
    """Open a document from the list."""
    phone.open("consents")
    phone.page.get_by_role("link", name=f"Consent to {purpose}").click()
    phone.page.get_by_role("heading", name=f"Consent to {purpose}").wait_for()


def test_a_document_is_read_signed_and_taken_back(phone: Phone, clinic: Clinic) -> None:
    take_back(clinic, ROWAN, "research")
    phone.sign_in(ROWAN)
    open_document(phone, "research")
    phone.sees("It can make you feel far away for some hours.")
    phone.press("español")
    phone.sees(TRATAMIENTO)
    phone.press("Sign")
    phone.sees("Tick the box first if you agree.")
    phone.page.get_by_role("checkbox").check()
    phone.press("Sign")
    phone.sees("Signed.")
    signed = last(clinic, ROWAN, "research")
    assert signed is not None
    assert (signed["language"], signed["mode"], signed["withdrawn_at"]) == ("es", "signed_in", None)
    document = in_force(clinic, "research")
    assert signed["text_sha256"] == next(one["text_sha256"] for one in document["texts"] if one["language"] == "es")
    phone.offline()
    phone.press("Take my consent back")
    phone.sees("You give no reason. From then on you are not counted any more.")
    phone.press("Yes, take it back")
    phone.sees("That you take it back is on this phone")
    phone.wait_for_status("1 thing on this phone, not sent yet.")
    phone.online()
    phone.wait_until_sent()
    phone.sees("You took it back on")
    again = last(clinic, ROWAN, "research")
    assert again is not None
    assert again["withdrawn_at"] is not None


def test_so_soon_after_a_dose_signing_waits_and_taking_back_does_not(phone: Phone, clinic: Clinic) -> None:
    wren = clinic.member(WREN)
    document = in_force(clinic, "research")
    shown = document["texts"][0]
    facts = {"document_id": document["id"], "language": shown["language"], "text_sha256": shown["text_sha256"]}
    wren.ask("POST", "/consents", facts)
    take_back(clinic, WREN, "treatment")
    phone.sign_in(WREN)
    open_document(phone, "treatment")
    phone.page.get_by_role("checkbox").check()
    give_dose(clinic, WREN, timedelta(minutes=30))
    phone.press("Sign")  # the phone has not heard of the dose
    phone.sees("So soon after your dose, signing waits until")
    phone.reload()
    phone.sees("So soon after your dose, signing waits until")
    assert phone.page.get_by_role("button", name="Sign", exact=True).count() == 0
    unsigned = last(clinic, WREN, "treatment")
    assert unsigned is None or unsigned["withdrawn_at"] is not None
    open_document(phone, "research")
    phone.press("Take my consent back")
    phone.press("Yes, take it back")
    phone.wait_until_sent()
    phone.sees("You took it back on")


def test_a_withdrawal_that_is_refused_says_so_and_goes_again_by_the_present_version(
    phone: Phone, clinic: Clinic
) -> None:
    take_back(clinic, ROWAN, "research")
    phone.sign_in(ROWAN)
    open_document(phone, "research")
    phone.page.get_by_role("checkbox").check()
    phone.press("Sign")
    phone.sees("Signed.")
    assert phone.page.evaluate("document.activeElement.tagName") == "H1", "what was pressed is gone"
    signed = last(clinic, ROWAN, "research")
    assert signed is not None
    sent: list[str | None] = []
    refuse(phone, current={**signed, "version": signed["version"] + 7})
    phone.press("Take my consent back")
    phone.press("Yes, take it back")
    phone.page.locator("main").get_by_role("link", name="1 thing needs you to decide.").click()

    def note(request: "Request") -> None:
        if "/withdraw" in request.url:
            sent.append(request.headers.get("if-match"))

    phone.context.on("request", note)
    phone.page.get_by_role("button", name="Try again").click()
    phone.until(lambda: sent, "it to be sent again")
    assert sent[0] == f'"{signed["version"] + 7}"'


def test_a_version_that_was_replaced_meanwhile_is_not_signed(phone: Phone, clinic: Clinic) -> None:
    take_back(clinic, ASH, "research")
    phone.sign_in(ASH)
    open_document(phone, "research")
    phone.page.get_by_role("checkbox").check()
    publish(clinic, "research", needs_new_signature=True)
    phone.press("Sign")
    phone.sees("This version is not in force any more. Here is the list as it is now.")
    signed = last(clinic, ASH, "research")
    assert signed is None or signed["withdrawn_at"] is not None


def test_a_document_is_read_offline_and_waits_to_be_signed(phone: Phone, clinic: Clinic) -> None:
    take_back(clinic, ROWAN, "treatment")
    phone.sign_in(ROWAN)
    open_document(phone, "treatment")
    phone.offline()
    phone.reload()
    open_document(phone, "treatment")
    phone.sees("There is no connection. This is as it was read last.")
    phone.sees("It can make you feel far away for some hours.")
    phone.sees("Signing needs a connection.")
    phone.until(phone.page.get_by_role("button", name="Sign", exact=True).is_disabled, "the button to rest")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 320)])
def test_axe_finds_nothing_in_consents(new_phone: NewPhone, clinic: Clinic, axe: str, scheme: str, width: int) -> None:
    take_back(clinic, ROWAN, "treatment")
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 3000})
    phone.sign_in(ROWAN)
    phone.open("consents")
    phone.page.locator("a.row-link").first.wait_for()
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
    open_document(phone, "treatment")
    phone.press("Sign")
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
