"""Controlled drugs at the desk: containers, a register that is witnessed and printed, and medicine at home."""

from datetime import UTC, datetime

import pytest

from tests.browser.clinic import ADA, GRETA, NOOR, Clinic, Json, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import container, faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def register(imani: Staff, made: Json) -> list[Json]:
    """The entries of a container as they are stored."""
    found: list[Json] = imani.ask("GET", f"/custody-containers/{made['id']}/register?limit=100")["items"]
    return found


def test_an_entry_is_recorded_and_somebody_else_witnesses_it(
    desk: Desk, new_desk: NewDesk, clinic: Clinic, imani: Staff, axe: str
) -> None:
    made = container(clinic)
    desk.open("stock")
    desk.page.locator(f"a[href='#/stock/{made['id']}']", has_text="100 mL").click()
    desk.sees("100 mL should be in it.")
    desk.press("Record")
    desk.page.get_by_role("dialog").get_by_label("What", exact=True).select_option("wasted")
    reason = marker("Rest of the vial")
    fill(desk, {"Amount (mL)": "1.5", "Why": reason})
    send(desk, "Write it into the register")
    desk.sees("98.5 mL should be in it.")
    desk.sees("Waits for a witness.")
    desk.sees(reason)
    assert desk.page.get_by_role("button", name="Witness entry 2").count() == 0, "nobody witnesses their own entry"
    other = new_desk(clinic.staff(GRETA))
    other.sign_in()
    other.open(f"stock/{made['id']}")
    other.press("Witness entry 2")
    send(other, "Witness")
    assert register(imani, made)[1]["witnessed_by_id"] == clinic.staff(GRETA).id
    desk.until(lambda: "Greta" in table(other) or "colleague" in table(other), "the witness to be shown")
    assert faults_of(desk, axe) == []


def table(desk: Desk) -> str:
    """The text of the register."""
    return str(desk.page.locator(".register table").inner_text())


def test_what_was_wrong_is_taken_back_and_a_count_says_what_is_unexplained(
    desk: Desk, clinic: Clinic, imani: Staff, axe: str
) -> None:
    made = container(clinic)
    imani.ask("POST", f"/custody-containers/{made['id']}/entries", {"kind": "lost", "amount": 4, "reason": "Slipped."})
    desk.open(f"stock/{made['id']}")
    desk.sees("96 mL should be in it.")
    desk.press("Take back entry 2")
    fill(desk, {"Why": "It was found."})
    assert faults_of(desk, axe) == []
    send(desk, "Take back")
    desk.sees("100 mL should be in it.")
    desk.press("Record")
    fill(desk, {"Amount (mL)": "98"})
    send(desk, "Write it into the register")
    desk.sees("-2 mL unexplained")
    assert [one["kind"] for one in register(imani, made)] == ["received", "lost", "reversed", "counted"]


def test_a_refused_entry_says_why_and_keeps_what_was_typed(desk: Desk, clinic: Clinic, imani: Staff) -> None:
    made = container(clinic)
    desk.open(f"stock/{made['id']}")
    desk.press("Record")
    desk.page.get_by_role("dialog").get_by_label("What", exact=True).select_option("moved")
    desk.page.get_by_role("dialog").get_by_role("button", name="Write it into the register").click()
    desk.sees("say where it is kept now")
    fill(desk, {"Place or party": "Safe 3"})
    send(desk, "Write it into the register")
    assert register(imani, made)[-1]["place"] == "Safe 3"


def test_a_register_prints_whole_without_what_is_only_of_the_screen(desk: Desk, clinic: Clinic) -> None:
    made = container(clinic)
    desk.open(f"stock/{made['id']}")
    desk.page.locator(".register tbody tr").first.wait_for()
    desk.page.emulate_media(media="print")
    for hidden in ("header", "main button"):
        assert not desk.page.locator(hidden).first.is_visible()
    desk.page.get_by_text("Signature:").wait_for()
    assert desk.page.pdf(landscape=True).startswith(b"%PDF")
    assert desk.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_an_admin_registers_a_container(new_desk: NewDesk, clinic: Clinic, axe: str) -> None:
    desk = new_desk(clinic.staff(ADA))
    desk.sign_in()
    desk.open("stock")
    desk.press("Add a container")
    product = marker("Lozenges")
    label = {"Product and form": product, "Strength, as on the label": "100 mg", "Lot": "7"}
    fill(desk, {**label, "Last day of use": "2031-05-01", "Kept at": "Safe 1", "Amount in it now": "40"})
    desk.page.get_by_role("dialog").get_by_label("Counted in").select_option("lozenge")
    fill(desk, {"Drug in one unit (mg)": "100"})
    assert faults_of(desk, axe) == []
    send(desk, "Register it")
    desk.page.locator("a[data-row]", has_text=product).get_by_text("40 lozenge").wait_for()
    assert faults_of(desk, axe) == []


def test_medicine_at_home_is_given_counted_and_a_refill_decided(
    desk: Desk, new_desk: NewDesk, clinic: Clinic, imani: Staff, chart: Json, axe: str
) -> None:
    made, patient = container(clinic, unit="lozenge", mg_per_unit=100), chart["patient_id"]
    desk.open(f"chart/{patient}")
    desk.page.get_by_role("link", name="Medicine at home").click()
    desk.press("Give for home")
    desk.page.get_by_role("dialog").get_by_label("From").select_option(made["id"])
    fill(desk, {"Amount, in its unit": "6", "For how many days": "14"})
    send(desk, "Write it into the register")
    desk.sees("600 mg should be left at home.")
    desk.press("Write a count down")
    fill(desk, {"Left at home (mg)": "500"})
    desk.page.get_by_role("dialog").get_by_label("A refill is needed").check()
    send(desk, "Keep the count")
    desk.sees("600 mg expected")
    desk.sees("A refill is asked for.")
    assert faults_of(desk, axe) == []
    noor = clinic.staff(NOOR)
    imani.ask("POST", f"/patients/{patient}/care-team", {"account_id": noor.id, "role": "prescriber"})
    other = new_desk(noor)
    other.sign_in()
    other.open(f"supply/{patient}")
    other.press("Decide")
    fill(other, {"Why, to the patient": "In a week."})
    other.page.get_by_role("dialog").get_by_label("Decision").select_option("declined")
    send(other, "Send the decision")
    other.sees("The refill was declined.")
    (count,) = imani.ask("GET", f"/home-counts?patient_id={patient}")["items"]
    assert (count["refill_state"], count["decided_reason"]) == ("declined", "In a week.")
    assert datetime.fromisoformat(count["counted_at"]) <= datetime.now(UTC)
