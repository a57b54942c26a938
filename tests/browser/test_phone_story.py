"""The patient's day on the phone, and what the care team does meanwhile: what is shown is what is."""

from datetime import UTC, datetime

import pytest

from tests.browser.clinic import ASH, IMANI, JUNIPER, PASSWORD, ROWAN, WREN, Clinic, marker
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser


def test_a_shared_entry_is_read_and_answered_and_the_phone_says_so(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("shared")
    phone.write(text)
    phone.sees("Imani Vale, LMFT")
    phone.sees("Nobody watches entries as they come in")
    phone.share()
    phone.sees("Your care team means to read it by")
    phone.open_entry(text)
    phone.sees("Shared, not read yet")
    therapist, entry = clinic.staff(IMANI), clinic.member(ROWAN).entry(text)
    therapist.ask("GET", f"/reflections/{entry['id']}")
    therapist.ask("POST", f"/reflections/{entry['id']}/replies", {"text": "Thank you for the kitchen."})
    phone.reload()
    phone.sees("Read by your care team")
    phone.sees("Thank you for the kitchen.")
    phone.page.fill("#field-reply", "It still smells of tea.")
    phone.press("Send to your care team")
    phone.wait_until_sent()
    replies = therapist.ask("GET", f"/reflections/{entry['id']}/replies")["items"]
    assert [reply["text"] for reply in replies] == ["It still smells of tea.", "Thank you for the kitchen."]
    phone.offline()
    phone.reload()
    phone.sees("Thank you for the kitchen.")


def test_an_entry_that_nobody_has_read_is_taken_back_and_deleted(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("taken back")
    phone.write(text)
    phone.page.get_by_role("button", name="Yes, but not before").last.click()
    phone.wait_until_sent()
    phone.open_entry(text)
    phone.sees("Your care team can read it from")
    phone.press("Take it back")
    phone.sees("Sent. Only you can read it")
    phone.press("Delete")
    phone.press("Yes, delete it")
    phone.wait_until_sent()
    assert clinic.member(ROWAN).entries(text) == []


def test_what_was_read_meanwhile_cannot_be_taken_back_and_the_phone_says_why(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("too late")
    phone.write(text)
    phone.share()
    phone.wait_until_sent()
    phone.open_entry(text)
    phone.offline()
    clinic.staff(IMANI).ask("GET", f"/reflections/{clinic.member(ROWAN).entry(text)['id']}")
    phone.press("Take it back")
    phone.online()
    phone.wait_for_status("1 thing needs you to decide.")
    phone.open("waiting")
    phone.sees("Your care team has read it, so it cannot be taken back.")
    phone.press("Drop my change")
    phone.press("Yes, drop it")
    phone.wait_until_sent()


def test_somebody_unsafe_sees_whom_to_call_before_anything_is_sent(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("unsafe")
    phone.offline()
    phone.open("write/new")
    phone.page.fill("#field-text", text)
    phone.page.get_by_role("radio", name="No", exact=True).check()
    phone.page.locator("a[href='tel:911']").wait_for()
    phone.page.get_by_role("checkbox", name="Please contact me").check()
    phone.press("Keep on this phone")
    phone.sees("An entry alone calls nobody.")
    phone.share()
    phone.online()
    phone.wait_until_sent()
    phone.sees("Your care team is told now")
    stored = clinic.member(ROWAN).entry(text)
    assert (stored["safety"], stored["contact_me"], stored["sharing"]) == ("not_safe", True, "shared")


def test_a_call_for_help_says_who_was_told(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    phone.open("plans")
    phone.page.get_by_role("link", name="Help now").click()
    phone.press("Tell my care team that I need help")
    phone.page.get_by_role("heading", name="They were told").wait_for()
    phone.sees("Your care team is told now and means to answer by")
    tasks = clinic.staff(IMANI).ask("GET", "/worklist")["items"]
    assert "flag_raised" in {task["kind"] for task in tasks}


def test_help_is_there_offline_and_before_sign_in_on_a_phone_that_had_it(phone: Phone) -> None:
    phone.sign_in(WREN)
    phone.open("more")
    phone.press("Sign out")
    phone.press("Yes, sign out")
    phone.page.get_by_role("heading", name="Welcome").wait_for()
    phone.offline()
    phone.reload()
    phone.page.get_by_role("link", name="Help now").click()
    phone.page.locator("a[href='tel:911']").wait_for()
    phone.page.locator("a[href='tel:+15550142']").wait_for()
    phone.sees("After a session, do not drive yourself to the emergency room: call 911.")
    assert phone.kept("integration-journal-phone", "things") == [], "nothing of the person is kept"


def test_a_call_for_help_without_a_network_says_that_nobody_was_told_and_tries_again(phone: Phone) -> None:
    phone.sign_in(WREN)
    phone.offline()
    phone.open("help")
    phone.press("Tell my care team that I need help")
    phone.sees("There is no connection, so nobody was told. Please call.")
    phone.online()
    phone.page.get_by_role("heading", name="They were told").wait_for()


def test_a_practice_is_logged_with_before_and_after_across_a_reload(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    phone.offline()
    phone.open("plans")
    phone.page.get_by_role("link", name="Longer out than in").click()
    phone.page.get_by_role("group", name="How strong is the distress now?").get_by_label("7", exact=True).check()
    phone.press("Begin")
    phone.until(
        lambda: [one["step"] for one in phone.kept("integration-journal-phone", "drafts")] == ["doing"],
        "the disk to have what was pressed",
    )
    phone.reload()
    phone.press("I am done")
    phone.page.get_by_role("group", name="And now?").get_by_label("3", exact=True).check()
    phone.page.get_by_role("radio", name="A lot").check()
    context = marker("at the kettle")
    phone.page.fill("#field-context", context)
    phone.press("Keep")
    phone.sees("Distress 7 before, 3 after")
    phone.online()
    phone.wait_until_sent()
    (stored,) = [one for one in clinic.member(ROWAN).ask("GET", "/practices")["items"] if one["context"] == context]
    assert (stored["distress_before"], stored["distress_after"], stored["helpfulness"]) == (7, 3, 3)


def test_a_proposed_plan_is_agreed_to_on_the_phone(phone: Phone, clinic: Clinic) -> None:
    therapist, title = clinic.staff(IMANI), marker("Evenings")
    patient_id = clinic.member(JUNIPER).ask("GET", "/me")["patient_id"]
    plan = therapist.ask("POST", "/plans", {"patient_id": patient_id, "title": title, "aim": "To sleep by eleven."})
    strategy = {"category": "sleep_hygiene", "title": "The phone sleeps in the hall"}
    strategy |= {"if_cue": "If it is ten", "then_action": "then I put it in the hall."}
    added = therapist.ask("POST", f"/plans/{plan['id']}/strategies", strategy, version=1)
    therapist.ask("POST", f"/plans/{plan['id']}/propose", version=added["plan_version"])
    phone.sign_in(JUNIPER)
    phone.page.get_by_role("link", name="A plan waits for your answer").click()
    phone.page.locator("a.row-link", has_text=title).click()
    phone.press("I agree to this plan")
    phone.page.get_by_role("link", name="Use it now").wait_for()
    phone.until(lambda: therapist.ask("GET", f"/plans/{plan['id']}")["state"] == "active", "the answer to arrive")


def test_the_access_log_says_in_plain_words_who_looked(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("looked at")
    phone.write(text)
    phone.share()
    phone.wait_until_sent()
    clinic.staff(IMANI).ask("GET", f"/reflections/{clinic.member(ROWAN).entry(text)['id']}")
    phone.open("access")
    phone.sees("Imani Vale, LMFT opened an entry of yours, for your treatment.")


def test_a_passkey_is_made_and_signs_in(phone: Phone) -> None:
    # Of this account: from now on its password alone is not enough. No other test signs in as Ash.
    session = phone.context.new_cdp_session(phone.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    phone.sign_in(ASH)
    phone.open("more")
    phone.press("Add a passkey to this phone")
    phone.sees("This phone has a passkey now.")
    phone.press("Sign out")
    phone.press("Yes, sign out")
    phone.page.fill("#email", ASH)
    phone.page.fill("#password", PASSWORD)
    phone.press("Sign in")
    phone.sees("Your account has a passkey too: sign in with that.")
    phone.press("Sign in with a passkey")
    phone.is_ready()


def test_no_request_goes_to_anybody_else_and_nothing_of_a_token_is_kept_by_scripts(
    phone: Phone, clinic: Clinic
) -> None:
    phone.sign_in(ROWAN)
    phone.write(marker("hosts"))
    phone.wait_until_sent()
    assert phone.hosts == {clinic.root.removeprefix("http://")}
    (cookie,) = phone.context.cookies(f"{clinic.root}/v1/auth/tokens/refresh")
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    assert cookie["path"] == "/v1/auth"
    assert cookie["expires"] > datetime.now(UTC).timestamp()
    kept = "document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
    assert phone.page.evaluate(kept) == "{}{}"


def test_signing_out_offline_ends_the_sign_in_when_the_network_is_back(phone: Phone, clinic: Clinic) -> None:
    wren = clinic.member(WREN)
    phone.sign_in(WREN)
    of_the_phone = wren.sign_ins()[0]
    phone.offline()
    phone.open("more")
    phone.press("Sign out")
    phone.press("Yes, sign out")
    phone.page.get_by_role("heading", name="Welcome").wait_for()
    phone.online()
    phone.reload()
    phone.until(lambda: of_the_phone not in wren.sign_ins(), "the sign-in to end at the API")
