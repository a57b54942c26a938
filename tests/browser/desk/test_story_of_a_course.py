"""One course across the desk and the phone, each side by what it presses: from the consent to the score that fell.

Only the session itself is planned and begun past them, yesterday: a day must have passed since the dose.
"""

from datetime import UTC, datetime, timedelta

import pytest

from integration_api.core.ids import new_id
from tests.browser.apart import OFTEN
from tests.browser.clinic import NOOR, PASSWORD, Clinic, Json, marker
from tests.browser.conftest import NewPhone
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import fill, send
from tests.browser.desk.test_desk_recording import ANSWERS, choose, shows, tick
from tests.browser.members import Staff
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser

AGO = timedelta(hours=26)


@pytest.fixture(scope="module")
def clinic(apart: Clinic) -> Clinic:
    """The clinic that has documents to sign, and asks questionnaires after each dose."""
    return apart


def invite(phone: Phone, clinic: Clinic, imani: Staff, patient: str, email: str) -> None:
    """The patient comes by a code, chooses a password, and signs in."""
    team = {"account_id": clinic.staff(NOOR).id, "role": "prescriber"}
    imani.ask("POST", f"/patients/{patient}/care-team", team)
    code = imani.ask("POST", "/invitations", {"patient_id": patient})["code"]
    phone.open("code")
    phone.page.fill("#invitation", code)
    phone.page.fill("#new-password", PASSWORD)
    phone.page.locator("main form button").click()
    phone.page.locator("main p[role=status]").wait_for()
    phone.open("sign-in")
    phone.sign_in(email)


def consent(phone: Phone) -> None:
    """The patient signs for the treatment."""
    phone.open("consents")
    phone.page.get_by_role("link", name="Consent to treatment").click()
    phone.page.get_by_role("heading", name="Consent to treatment").wait_for()
    phone.page.get_by_role("checkbox").check()
    phone.press("Sign")
    phone.sees("Signed.")


def plan_session(imani: Staff, patient: str, given: datetime) -> str:
    """A dosing session of yesterday; its id."""
    people = [{"role": "therapist", "account_id": imani.id}]
    facts = {"patient_id": patient, "phase": "dosing", "modality": "in_person", "intention": "To rest"}
    times = {"planned_start_at": given.isoformat(), "planned_end_at": (given + timedelta(hours=2)).isoformat()}
    made: str = imani.ask("POST", "/sessions", {**facts, **times, "people": people})["id"]
    return made


def readiness(desk: Desk, office: Desk, imani: Staff, session: str) -> None:
    """The therapist answers, the prescriber clears and orders."""
    imani.ask("PATCH", f"/sessions/{session}/readiness", {"items": ANSWERS}, version=0)
    desk.open(f"dosing/{session}")
    desk.press("Answer: Somebody to take the patient home")
    tick(desk, "They confirmed")
    send(desk, "Keep")
    desk.press("Answer: Substances in the last 24 hours")
    tick(desk, "None")
    send(desk, "Keep")
    desk.press("Answer: Pregnancy and nursing")
    choose(desk, "Pregnancy and nursing", "test_negative")
    send(desk, "Keep")
    office.open(f"dosing/{session}")
    office.press("Go through the contraindications")
    send(office, "Keep the checklist")
    office.press("Answer: Cleared by a prescriber")
    send(office, "Keep")
    shows(office, "Before the dose", "Ready: everything needed is met.")
    office.press("Write an order")
    choose(office, "Route", "im")
    fill(office, {"From": "40", "To": "80"})
    send(office, "Keep")
    shows(office, "Order", "40\N{EN DASH}80 mg")


def dose_and_discharge(desk: Desk, office: Desk, imani: Staff, session: str, given: datetime) -> None:
    """The dose, the way home, the end of the session."""
    path = f"/sessions/{session}"
    imani.ask("POST", f"{path}/start", {"started_at": given.isoformat()}, imani.ask("GET", path)["version"])
    desk.reload()
    desk.press("Record a dose")
    desk.field("Given at").wait_for()
    local = desk.page.evaluate(
        "at => new Date(new Date(at) - new Date(at).getTimezoneOffset() * 60000).toISOString().slice(0, 16)",
        given.isoformat(),
    )
    fill(desk, {"Given at": local, "Amount": "60", "Lot": "L-7"})
    tick(desk, "It was given although something held it")
    send(desk, "Keep")
    shows(desk, "Doses", "60 mg", "lot L-7")
    desk.press("Write the discharge")
    tick(desk, "Awake", "Oriented", "Taken home by somebody")
    send(desk, "Keep")
    office.reload()
    office.press("End it all the same")
    fill(office, {"Why": "All of it was looked at, on paper."})
    send(office, "End it all the same")
    shows(office, "Discharge", "All of it was looked at, on paper.")
    desk.reload()
    desk.press("End the session")
    desk.page.get_by_role("button", name="End the session").wait_for(state="detached")


def check_in(phone: Phone, imani: Staff, session: str) -> None:
    """A day later the patient says how it goes."""
    every = imani.ask(
        "GET", f"/arc-windows?patient_id={imani.ask('GET', f'/sessions/{session}')['patient_id']}&limit=100"
    )
    (window,) = [one for one in every["items"] if one["session_id"] == session and one["step"]["id"] == "t24"]
    phone.reload()
    phone.open()
    phone.page.locator(f"a[href='#/check-in/{window['id']}']").click()
    phone.page.get_by_role("group", name="Do you feel safe right now?").get_by_label("Yes").check()
    phone.press("Keep and send")
    phone.wait_until_sent()


def reply(desk: Desk, patient: str, text: str, answer: str) -> None:
    """The therapist reads the entry, and answers."""
    desk.open(f"chart/{patient}")
    shared = desk.page.locator("section", has=desk.page.get_by_role("heading", name="Shared reflections"))
    shared.get_by_role("link").first.click()
    desk.sees(text)
    desk.field("Your reply").fill(answer)
    desk.press("Send the reply")
    desk.page.locator(".reply.staff", has_text=answer).wait_for()


def propose(desk: Desk, title: str, action: str) -> None:
    """A plan of one strategy, from the chart of what is open."""
    desk.page.locator("a[data-chart]").click()
    desk.press("New plan")
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Title").fill(title)
    dialog.get_by_label("The insight or goal it serves").fill("Air at night.")
    dialog.get_by_role("button", name="Begin").click()
    desk.press("Add a strategy")
    dialog.get_by_label("Title").fill("The bedroom window")
    dialog.get_by_role("button", name="Add").click()
    desk.page.get_by_label("If …").last.fill("If the room is close")
    desk.page.get_by_label("then …").last.fill(action)
    desk.wait_until_saved()
    desk.press("Propose to the patient")
    desk.sees("Proposed to the patient")


def agree_and_practise(phone: Phone, title: str, action: str) -> None:
    """The patient agrees, and does it once."""
    phone.reload()
    phone.open("plans")
    phone.page.locator("a", has_text=title).first.click()
    phone.sees(action)
    phone.press("I agree to this plan")
    phone.wait_until_sent()
    phone.page.get_by_role("link", name="Use it now").first.click()
    phone.page.get_by_role("group", name="How strong is the distress now?").get_by_label("8", exact=True).check()
    phone.press("Begin")
    phone.press("I am done")
    phone.page.get_by_role("group", name="And now?").get_by_label("2", exact=True).check()
    phone.page.get_by_role("radio", name="A lot").check()
    phone.press("Keep")
    phone.wait_until_sent()


def measure(phone: Phone) -> None:
    """The patient answers the questionnaire that is asked after the dose."""
    phone.open()
    phone.page.get_by_role("link", name="Your nights").click()
    phone.press("Begin")
    for answer in (OFTEN[1], OFTEN[0], OFTEN[1]):
        phone.press(answer)
    phone.page.get_by_role("heading", name="Is it all as you mean it?").wait_for()
    phone.press("Send to my care team")
    phone.wait_until_sent()
    phone.sees("Your care team can read it now.")


def test_a_course_from_the_consent_to_the_score(
    desk: Desk, new_desk: NewDesk, new_phone: NewPhone, clinic: Clinic, imani: Staff
) -> None:
    text, answer, title, action = (
        marker(one) for one in ("The window was open", "I read it", "Open windows", "then I do")
    )
    given = datetime.now(UTC).replace(second=0, microsecond=0) - AGO
    phone, office = new_phone(), new_desk(clinic.staff(NOOR))
    email = f"{new_id()}@example.org"
    patient = imani.ask("POST", "/patients", {"name": "Quince Invented", "email": email})["id"]
    invite(phone, clinic, imani, patient, email)
    consent(phone)
    session = plan_session(imani, patient, given)
    office.sign_in()
    readiness(desk, office, imani, session)
    dose_and_discharge(desk, office, imani, session, given)
    check_in(phone, imani, session)
    phone.write(text)
    phone.share()
    phone.wait_until_sent()
    reply(desk, patient, text, answer)
    phone.reload()
    phone.open_entry(text)
    phone.sees(answer)
    propose(desk, title, action)
    agree_and_practise(phone, title, action)
    measure(phone)

    desk.open(f"chart/{patient}")
    desk.sees("distress 8 → 2")
    given_answers: Json = imani.ask("GET", f"/measure-responses?patient_id={patient}&instrument_id=own_sleep")
    (one,) = given_answers["items"]
    assert one["answers"] == {"own_sleep.1": 1, "own_sleep.2": 0, "own_sleep.3": 1}
    score = desk.page.locator("figure", has_text="Sleep")
    score.locator("summary").click()
    score.locator(f"a[href='#/answer/{one['id']}']").click()
    desk.sees("answered by the patient")
    desk.page.locator("tr", has_text="Total").get_by_text("2 of").wait_for()
    assert imani.ask("GET", f"/sessions/{session}")["state"] == "completed"
