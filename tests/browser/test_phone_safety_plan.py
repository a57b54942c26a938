"""The safety plan on the phone: confirmed there, then one tap away, offline, with numbers to tap."""

import pytest

from tests.browser.clinic import IMANI, JUNIPER, Clinic, Json
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser
TITLES = [
    "1. How I notice it",
    "2. What I can do by myself",
    "3. People and places that take my mind off it",
    "4. People I can ask for help",
    "5. Professionals I can call",
    "6. How I keep what surrounds me safe",
]


def write_plan(clinic: Clinic) -> None:
    """Have the therapist write the next version for the patient."""
    patient = clinic.member(JUNIPER)
    chart = patient.ask("GET", "/me")["patient_id"]
    now = patient.ask("GET", f"/patients/{chart}/safety-plan")
    found: list[Json] = [one for one in (now["in_force"], now["draft"]) if one]
    body = {
        "patient_id": chart,
        "after_number": max((one["number"] for one in found), default=0),
        "warning_signs": ["I stop answering messages"],
        "internal_coping": ["Walk to the river"],
        "distraction": [{"name": "The library"}],
        "people_to_ask": [{"name": "Maria", "phone": "+1 555 0147"}],
        "professionals": [{"name": "Dr. Fictional", "phone": "+1 555 0148", "hours": "9 to 17"}],
        "means_safety": ["My brother keeps the medicines"],
        "reason_for_living": "My daughter",
    }
    clinic.staff(IMANI).ask("POST", "/safety-plans", body)


def test_a_plan_is_confirmed_and_is_then_there_offline_in_its_order(phone: Phone, clinic: Clinic) -> None:
    write_plan(clinic)
    phone.sign_in(JUNIPER)
    phone.open("messages")
    phone.page.get_by_role("link", name="A new version of a plan waits for you").click()
    phone.page.get_by_role("heading", name="The new version").wait_for()
    phone.press("This is my plan now")
    phone.page.get_by_role("heading", name="Help now").wait_for()
    phone.page.locator("a[href='tel:+15550147']").wait_for()
    phone.offline()
    phone.open()
    phone.reload()
    phone.page.get_by_role("link", name="Help now").click()
    plan = phone.page.get_by_role("region", name="My safety plan")
    plan.wait_for()
    assert plan.locator("ol h3").all_inner_texts() == TITLES
    plan.locator("a[href='tel:+15550148']").wait_for()
    phone.sees("9 to 17")
    phone.sees("My daughter")


def test_the_plan_stays_when_the_sign_in_ends_and_goes_when_its_person_signs_out(phone: Phone, clinic: Clinic) -> None:
    write_plan(clinic)
    patient = clinic.member(JUNIPER)
    chart = patient.ask("GET", "/me")["patient_id"]
    draft = patient.ask("GET", f"/patients/{chart}/safety-plan")["draft"]
    patient.ask("POST", f"/safety-plans/{draft['id']}/confirm", None, draft["version"])
    phone.sign_in(JUNIPER)
    phone.open("help")
    phone.page.locator("a[href='tel:+15550147']").wait_for()
    clinic.end_sign_ins(JUNIPER)
    phone.reload()
    phone.page.locator("a[href='tel:+15550147']").wait_for()
    phone.open("sign-in")
    phone.sign_in(JUNIPER)
    phone.open("more")
    phone.press("Sign out")
    phone.press("Yes, sign out")
    phone.page.get_by_role("heading", name="Welcome").wait_for()
    phone.open("help")
    phone.page.locator("a[href='tel:911']").first.wait_for()
    assert phone.page.locator("a[href='tel:+15550147']").count() == 0
