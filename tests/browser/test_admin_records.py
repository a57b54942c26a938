"""Records at the admin's page: the head as a file, the ledger as a table, legal holds, policies, backups."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from integration_api.core.ids import new_id
from integration_api.ledger.heads import read_heads
from tests.browser.bureau import Bureau, send, sure
from tests.browser.clinic import ADA, IMANI, MILO, Clinic, marker
from tests.browser.conftest import NewBureau
from tests.browser.desk.rooms import faults_of, fill
from tests.serving import command

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


def saved(bureau: Bureau, button: str) -> str:
    """Press a button that saves a file; what is in it."""
    with bureau.page.expect_download() as begun:
        bureau.press(button)
    path = begun.value.path()
    assert path is not None
    return Path(path).read_text("utf-8")


def test_the_head_is_a_file_that_verify_takes(bureau: Bureau, clinic: Clinic, tmp_path: Path) -> None:
    bureau.open("ledger")
    text = saved(bureau, "Save the head as a file")
    [head] = read_heads(text).by_clinic.values()
    bureau.sees(head.head.hex())
    file = tmp_path / "head.json"
    file.write_text(text, "utf-8")
    verified = command("ledger", "verify", "--head", str(file), env=clinic.server.env)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_an_auditor_takes_the_ledger_away_as_a_table(new_bureau: NewBureau, clinic: Clinic) -> None:
    bureau = new_bureau(clinic.staff(MILO))
    bureau.sign_in()
    bureau.open("ledger")
    bureau.field("By").select_option(clinic.staff(ADA).id)
    bureau.press("Show")
    bureau.page.locator("tbody tr").first.wait_for()
    bureau.until(
        lambda: set(bureau.page.locator("tbody td:nth-child(3)").all_inner_texts()) == {"Ada Keeper"}, "her rows"
    )
    rows = list(csv.DictReader(saved(bureau, "Save as a table (CSV)").splitlines()))
    bureau.sees("saved.")
    assert {row["actor_id"] for row in rows} == {clinic.staff(ADA).id}
    assert len(rows) > 3


def test_a_chart_is_put_on_hold_and_let_go(bureau: Bureau, clinic: Clinic, axe: str) -> None:
    name = marker("Held Person").replace("-", "")
    patient = clinic.staff(IMANI).ask("POST", "/patients", {"name": name})["id"]
    bureau.open("holds")
    bureau.field("Words of a name").fill(name)
    bureau.press("Search")
    bureau.page.get_by_role("link", name=name).click()
    bureau.sees("This chart is not on hold.")
    bureau.press("Put it on hold")
    bureau.page.get_by_role("dialog").get_by_label("Reason").select_option("complaint")
    fill(bureau, {"Where the matter is found": "Docket 26-CV-0117"})
    assert faults_of(bureau, axe) == []
    send(bureau, "Keep it")
    bureau.sees("This chart is on hold")
    path = f"/patients/{patient}/legal-hold"
    assert clinic.staff(ADA).ask("GET", path)["reason"] == "complaint"
    assert faults_of(bureau, axe) == []
    sure(bureau, "End the hold", "End the hold")
    bureau.sees("This chart is not on hold.")


def test_more_of_a_search_is_its_next_page(bureau: Bureau) -> None:
    asked: list[str] = []

    def answer(route: "Route") -> None:
        asked.append(route.request.url.partition("?")[2])
        item = {"id": new_id().hex, "name": f"Page {len(asked)}", "birth_on": None}
        route.fulfill(json={"items": [item], "next_cursor": "second" if len(asked) == 1 else None})

    bureau.page.route("**/v1/patients/search?*", answer)
    bureau.open("holds")
    bureau.field("Words of a name").fill("Page")
    bureau.press("Search")
    bureau.sees("Page 1")
    bureau.press("Show more")
    bureau.sees("Page 2")
    assert asked == ["limit=50", "limit=50&cursor=second"]


def test_a_policy_is_changed_and_given_back(bureau: Bureau, clinic: Clinic, axe: str) -> None:
    ada = clinic.staff(ADA)
    bureau.open("policies")
    bureau.press("Change: A patient's copy is kept for")
    fill(bureau, {"Value": "9"})
    assert faults_of(bureau, axe) == []
    send(bureau, "Keep it")
    bureau.page.get_by_text("9 days", exact=True).wait_for()
    assert ada.ask("GET", "/clinic")["policies"]["export_days"] == 9
    bureau.press("Change: A patient's copy is kept for")
    bureau.page.get_by_role("dialog").get_by_label("Use the product's own value").check()
    send(bureau, "Keep it")
    bureau.until(lambda: ada.ask("GET", "/clinic")["policies"]["export_days"] == 7, "the product's own value")
    before = ada.ask("GET", "/clinic")["hours"]
    bureau.press("Change the hours")
    fill(bureau, {"Saturday": "9 to 5"})
    bureau.press("Keep it")
    bureau.sees("Write hours as 09:00-17:00.")
    fill(bureau, {"Saturday": "9:00-12:30, 13:00 - 16:00"})
    send(bureau, "Keep it")
    spans = [{"opens": "09:00", "closes": "12:30"}, {"opens": "13:00", "closes": "16:00"}]
    assert ada.ask("GET", "/clinic")["hours"] == {**before, "sat": spans}
    ada.ask("PATCH", "/clinic", {"hours": {"sat": None}}, ada.ask("GET", "/clinic")["version"])


def test_backups_are_told_as_the_command_noted_them(bureau: Bureau, clinic: Clinic, axe: str, tmp_path: Path) -> None:
    file = str(tmp_path / "made.sqlite3")
    made = command("backup", file, env=clinic.server.env)
    assert made.returncode == 0, made.stderr
    bureau.open("backups")
    bureau.sees("None was tried yet.")
    checked = command("backup", file, "--check", env=clinic.server.env)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    bureau.reload()
    bureau.sees("It can be restored, and is as it was made.")
    assert faults_of(bureau, axe) == []
    assert str(tmp_path) not in bureau.page.content()
