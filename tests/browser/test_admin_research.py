"""Research exports at the admin's page: asked for and downloaded by privacy officers; said plainly to others."""

import hashlib
import json
import os
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.bureau import Bureau, newcomer, proved, send, sure
from tests.browser.clinic import ADA, TOBIAS, Clinic, Json, marker
from tests.browser.conftest import NewBureau
from tests.browser.desk.rooms import faults_of, fill
from tests.browser.members import Staff
from tests.factories.research import FLOOR

if TYPE_CHECKING:
    from playwright.sync_api import Download

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def clinic(apart: Clinic) -> Clinic:
    """The clinic with a document to sign for research."""
    return apart


@pytest.fixture(scope="module")
def officer(clinic: Clinic) -> Staff:
    """A privacy officer who is nothing else."""
    return newcomer(clinic, "privacy_officer")


@pytest.fixture(scope="module")
def signed(clinic: Clinic) -> list[str]:
    """The names of as many patients as an export needs, who have signed on paper."""
    staff, names = clinic.staff(TOBIAS), []
    [document] = clinic.staff(ADA).ask("GET", "/consent-documents?purpose=research")["items"]
    texts = clinic.staff(ADA).ask("GET", f"/consent-documents/{document['id']}")["texts"]
    [digest] = [one["text_sha256"] for one in texts if one["language"] == "en"]
    at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    for _ in range(FLOOR):
        names.append(marker("Signed Person").replace("-", " "))
        chart = staff.ask("POST", "/patients", {"name": names[-1], "birth_on": "1988-04-12"})["id"]
        body = {"document_id": document["id"], "language": "en", "text_sha256": digest, "signed_at": at}
        staff.ask("POST", f"/patients/{chart}/consents", body)
    return names


def at_work(new_bureau: NewBureau, staff: Staff) -> Bureau:
    """A computer at which somebody is signed in."""
    bureau = new_bureau(staff)
    bureau.sign_in()
    return bureau


def picture(bureau: Bureau, name: str) -> None:
    """Keep a picture of the page in the folder that `PICTURES` names, if it does: wide in light, narrow in dark."""
    if folder := os.environ.get("PICTURES"):
        for scheme, width in (("light", 1280), ("dark", 320)):
            bureau.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            bureau.page.set_viewport_size({"width": width, "height": 800})
            bureau.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        bureau.page.emulate_media(color_scheme="light")


def begin(bureau: Bureau, name: str) -> None:
    """Begin a study, and open it."""
    bureau.press("Begin a study")
    fill(bureau, {"Its name": name})
    send(bureau, "Begin it")
    bureau.page.get_by_role("link", name=name).click()
    bureau.sees("None was asked for yet.")


def exports_of(officer: Staff, name: str) -> list[Json]:
    """The exports for a study, the newest first."""
    [study] = [one for one in officer.ask("GET", "/research-studies")["items"] if one["name"] == name]
    found: list[Json] = officer.ask("GET", f"/research-studies/{study['id']}/exports")["items"]
    return found


def test_too_few_who_have_signed_are_none(new_bureau: NewBureau, officer: Staff) -> None:
    """The first of this file: nobody has signed yet."""
    name, bureau = marker("Rest"), at_work(new_bureau, officer)
    bureau.open("records")
    bureau.page.get_by_role("link", name="Research exports").click()
    begin(bureau, name)
    bureau.press("Ask for an export")
    bureau.press("Ask for it")
    refused = bureau.page.get_by_role("dialog").get_by_text("Too few patients have signed")
    proved(bureau, lambda: bool(refused.count()), "the refusal")
    assert exports_of(officer, name) == []


def test_an_export_is_asked_for_downloaded_and_its_study_closed(
    new_bureau: NewBureau, officer: Staff, signed: list[str], axe: str
) -> None:
    name, bureau = marker("Sleep"), at_work(new_bureau, officer)
    bureau.open("research")
    begin(bureau, name)
    assert faults_of(bureau, axe) == []
    bureau.press("Ask for an export")
    assert faults_of(bureau, axe) == []
    send(bureau, "Ask for it")
    save = bureau.page.get_by_role("button", name=re.compile("^Download"))
    save.wait_for()
    [made] = exports_of(officer, name)
    count = made["chart_count"]
    assert count >= FLOOR, "those who have signed in the demo are in it too"
    bureau.sees(f"{count} patients")
    bureau.page.get_by_text("To compare it with what arrived").click()
    picture(bureau, "study")
    assert faults_of(bureau, axe) == []
    saved: list[Download] = []
    bureau.page.on("download", lambda one: saved.extend([one]))  # it takes no built-in
    save.click()
    proved(bureau, lambda: bool(saved), "the file")
    file = Path(saved[0].path())
    assert hashlib.sha256(file.read_bytes()).hexdigest() == made["sha256"]
    bureau.sees(made["sha256"])
    with zipfile.ZipFile(file) as archive:
        lines = archive.read("data/patients.jsonl").decode().splitlines()
        everything = b"".join(archive.read(one) for one in archive.namelist())
    assert len([json.loads(line) for line in lines]) == count
    assert [one for one in signed if one.encode() in everything] == []
    sure(bureau, "Close the study", "Close the study")
    closed = bureau.page.get_by_text("This study is closed.")
    proved(bureau, lambda: bool(closed.count()), "the study to be closed")
    assert bureau.page.get_by_role("button", name="Ask for an export").count() == 0
    assert faults_of(bureau, axe) == []
    bureau.page.get_by_role("link", name="Research exports").click()
    bureau.page.get_by_role("link", name=name).get_by_text("closed").wait_for()
    assert faults_of(bureau, axe) == []


def test_who_is_an_admin_too_reads_of_them_and_gets_none(
    new_bureau: NewBureau, clinic: Clinic, officer: Staff, signed: list[str], axe: str
) -> None:
    assert signed
    name = marker("Both")
    study = officer.ask("POST", "/research-studies", {"name": name})["id"]
    officer.ask("POST", f"/research-studies/{study}/exports", {})
    bureau = at_work(new_bureau, newcomer(clinic, "clinic_admin", "privacy_officer"))
    bureau.open(f"study/{study}")
    bureau.sees("This account is an admin too")
    bureau.page.get_by_text(re.compile(r"\d patients")).wait_for()
    for words in ("Ask for an export", re.compile("^Download")):
        assert bureau.page.get_by_role("button", name=words).count() == 0
    assert faults_of(bureau, axe) == []


def test_an_admin_is_told_plainly_and_nothing_is_asked(
    new_bureau: NewBureau, clinic: Clinic, officer: Staff, axe: str
) -> None:
    bureau = at_work(new_bureau, clinic.staff(ADA))
    name = officer.ask("GET", "/me")["name"]
    study = officer.ask("POST", "/research-studies", {"name": marker("Unseen")})["id"]
    for path in ("research", f"study/{study}"):
        bureau.open(path)
        bureau.sees("This account gets no research export.")
        bureau.page.get_by_role("listitem").get_by_text(name).wait_for()
        picture(bureau, "not-yours")
        assert faults_of(bureau, axe) == []
    assert [one for one in bureau.asked if "/v1/research" in one] == []
