"""An export holds what the patient's own lists show, in a form that anybody can read and check."""

import hashlib
import io
import json
import re
import zipfile
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from integration_api.resources.oversight.exports.export_kinds import KINDS, LEFT_OUT, WITHIN
from integration_api.resources.register import metadata
from tests.factories import exports, notes, plans, psychotherapy, reflections
from tests.factories.attachments import PDF, announced, attached, png
from tests.factories.exports import everything, opened, things
from tests.factories.feeds import listed, seal
from tests.support import Json, Person, World

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> & \"quoted\" 'too' </article>"
RIGHT_TO_LEFT = "אני מרגיש את האגם, والماء هادئ"
EMOJI = "🌊 the lake 👩‍👩‍👧 held me 🇺🇳"
CONTROLS = "bell\x07 and \u202eoverride"

LISTS = {
    "courses": "/courses",
    "sessions": "/sessions",
    "orders": "/orders",
    "medicines": "/medicines",
    "notes": "/notes",
    "amendment_requests": "/amendment-requests",
    "record_requests": "/record-requests",
    "shared_summaries": "/shared-summaries",
    "split_care": "/split-care-agreements",
    "reflections": "/reflections",
    "attachments": "/attachments",
    "goals": "/goals",
    "plans": "/plans",
    "practices": "/practices",
    "safety_plans": "/safety-plans",
    "measure_responses": "/measure-responses",
    "check_ins": "/check-ins",
    "arc_windows": "/arc-windows",
}


async def a_chart(world: World) -> tuple[Person, Person, str]:
    """A therapist, a patient, and the chart's id, with something of most kinds in it."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist, time_zone="Asia/Kathmandu", language="he")
    chart = world.chart_id(patient)
    await notes.signed_note(therapist, chart)
    await notes.draft(therapist, chart)
    for text in (HOSTILE, RIGHT_TO_LEFT, EMOJI, CONTROLS):
        await reflections.submitted(patient, text=text)
    entry = await reflections.draft(patient)
    await attached(patient, f"/reflections/{entry['id']}")
    agreed = await plans.active(therapist, patient, chart)
    await plans.practice(patient, agreed["strategies"][0]["id"])
    await patient.post("/medicines", {"patient_id": chart, "name": "Sertraline", "kind": "prescribed"})
    return therapist, patient, chart


class Reader(HTMLParser):
    """The parts of a page: its elements, its text, its headings and its articles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [given for name, given in self.elements if name == tag]


def page_of(archive: zipfile.ZipFile, name: str = "chart.html") -> Reader:
    return Reader(archive.read(name).decode())


async def test_its_data_are_what_the_lists_show(world: World) -> None:
    _, patient, chart = await a_chart(world)
    archive = await opened(patient)
    for kind, path in LISTS.items():
        shown = await listed(patient, path)
        assert {one["id"] for one in things(archive, kind)} == shown, kind
    for kind in ("notes", "reflections", "sessions", "plans"):
        found = {one["id"]: one for one in (await patient.get(f"{LISTS[kind]}?limit=100"))["items"]}
        for thing in things(archive, kind):
            expected = found[thing["id"]]
            expected.pop("allowed_actions", None)
            assert thing == expected, kind
    [told] = things(archive, "patient")
    assert told == await patient.get(f"/patients/{chart}")


async def test_the_manifest_is_of_every_file_and_is_signed(world: World) -> None:
    _, patient, chart = await a_chart(world)
    made = await exports.ready(patient)
    archive = zipfile.ZipFile(io.BytesIO(await exports.downloaded(patient, made["id"])))
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["format"], manifest["version"], manifest["patient_id"]) == (
        "integration-journal-export",
        "1.0",
        chart,
    )
    unlisted = {"manifest.json", "manifest.sig", "signing-key.pem"}
    assert {one["path"] for one in manifest["files"]} == set(archive.namelist()) - unlisted
    for one in manifest["files"]:
        data = archive.read(one["path"])
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["size_bytes"], one["sha256"]), one
        if one["path"].endswith(".jsonl"):
            assert one["count"] == len(things(archive, one["path"][5:-6]))
    key = load_pem_public_key(archive.read("signing-key.pem"))
    assert isinstance(key, Ed25519PublicKey)
    assert key.public_bytes_raw().hex() == manifest["public_key"] == made["public_key"]
    key.verify(archive.read("manifest.sig"), archive.read("manifest.json"))
    with pytest.raises(InvalidSignature):
        key.verify(archive.read("manifest.sig"), archive.read("manifest.json") + b" ")


async def test_the_check_of_the_readme_sees_each_change(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, patient, _ = await a_chart(world)
    archive = await opened(patient)
    archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    page = archive.read("README.html").decode()
    program = re.search(r"<pre id='check'>(.*?)</pre>", page, re.DOTALL)
    assert program is not None
    code = compile(unescape(program[1]), "README.html", "exec")

    def check() -> object:
        with pytest.raises(SystemExit) as ended:
            exec(code, {})  # noqa: S102  the program that the page shows
        return ended.value.code

    assert check() == 0
    assert capsys.readouterr().out == "every file is as it was made\n"
    data = tmp_path / "data" / "notes.jsonl"
    kept = data.read_bytes()
    data.write_bytes(kept.replace(b"What", b"That", 1))
    assert check() == 1
    assert capsys.readouterr().out == "not as it was made: data/notes.jsonl\n"
    data.write_bytes(kept)
    (tmp_path / "check.py").write_text(unescape(program[1]))  # as who reads the page does
    assert check() == 0
    assert capsys.readouterr().out.splitlines() == [
        "every file is as it was made",
        "not of the export, so nothing is said of it: check.py",
    ]
    data.unlink()
    assert check() == 1


async def test_the_readable_chart_has_as_many_entries_as_the_data(world: World) -> None:
    _, patient, _ = await a_chart(world)
    archive = await opened(patient)
    shown = [one.name for one in KINDS if one.is_shown]
    expected = sum(len(things(archive, name)) for name in shown)
    page = page_of(archive)
    articles = page.all("article")
    assert len(articles) == expected > 8
    ids = [given["id"] for _, given in page.elements if given.get("id")]
    assert len(ids) == len(set(ids))
    manifest = json.loads(archive.read("manifest.json"))
    assert sum(manifest["entries_of_chart"].values()) == expected


async def test_what_people_wrote_is_text_and_runs_nothing(world: World) -> None:
    _, patient, _ = await a_chart(world)
    archive = await opened(patient)
    for name in ("chart.html", "README.html"):
        page = page_of(archive, name)
        assert not page.all("script") + page.all("link") + page.all("iframe") + page.all("form")
        assert not [given for _, given in page.elements if any(key.startswith("on") for key in given)]
        sources = [given["src"] or "" for given in page.all("img")]
        assert all(source.startswith("attachments/") for source in sources)
    page = page_of(archive)
    text = "".join(page.text)
    for written in (HOSTILE, RIGHT_TO_LEFT, EMOJI):
        assert written in text
    assert "bell\ufffd" in text
    assert {given.get("dir") for given in page.all("p") if given.get("class") == "text"} == {"auto"}


async def test_it_is_read_by_its_structure(world: World) -> None:
    """Landmarks, one heading of the first level, no level left out, and a name for each part."""
    _, patient, _ = await a_chart(world)
    archive = await opened(patient)
    for name in ("chart.html", "README.html"):
        page = page_of(archive, name)
        assert [given["lang"] for given in page.all("html")] == ["en"]
        assert [len(page.all(one)) for one in ("header", "main", "h1", "title")] == [1, 1, 1, 1]
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert all(given.get("alt") for given in page.all("img"))
    page = page_of(archive)
    ids = {given["id"] for _, given in page.elements if given.get("id")}
    for one in (*page.all("article"), *page.all("section"), *page.all("nav")):
        assert one["aria-labelledby"] in ids
    links = [given["href"] or "" for given in page.all("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    files = {link for link in links if not link.startswith("#")}
    assert files <= set(archive.namelist())
    assert "he" in {given.get("lang") for given in page.all("div")}


async def test_times_are_by_the_patient_s_clock(world: World) -> None:
    _, patient, _ = await a_chart(world)
    archive = await opened(patient)
    times = [given["datetime"] or "" for given in page_of(archive).all("time")]
    assert {time[-6:] for time in times if "T" in time} == {"+05:45"}
    assert "(UTC+05:45)" in archive.read("chart.html").decode()
    assert json.loads(archive.read("manifest.json"))["time_zone"] == "Asia/Kathmandu"


@pytest.mark.parametrize("order", ["newest_first", "oldest_first"])
async def test_it_is_in_the_order_that_was_asked_for(world: World, order: str) -> None:
    _, patient, _ = await a_chart(world)
    page = (await opened(patient, chart_order=order)).read("chart.html").decode()
    months = page[page.index("</nav>") :]
    times = re.findall(r'<p class="by">.*?datetime="([^"]+)"', months)
    assert len(times) > 8
    assert times == sorted(times, reverse=order == "newest_first")


async def test_a_disagreement_goes_with_its_note(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    note = await notes.signed_note(therapist, world.chart_id(patient))
    await patient.post(
        f"/notes/{note['id']}/disagreement", {"text": "I did not say that."}, match=note["version"], expect=200
    )
    archive = await opened(patient)
    [told] = things(archive, "notes")
    assert [one["text"] for one in told["disagreements"]] == ["I did not say that."]
    page = archive.read("chart.html").decode()
    article = page[page.index(f'id="e-notes-{note["id"]}"') :].partition("</article>")[0]
    assert "Your statements of disagreement" in article
    assert "I did not say that." in article


async def test_a_signed_note_has_its_proof(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    note = await notes.signed_note(therapist, world.chart_id(patient))
    early = await exports.ready(patient)
    assert [one["count"] for one in early["left_out"] if one["kind"] == "proofs"] == [1]
    await seal(world)
    archive = await opened(patient)
    assert json.loads(archive.read(f"proofs/{note['id']}.json")) == await patient.get(f"/notes/{note['id']}/proof")


async def test_files_are_there_once_by_their_digest(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    first = f"/reflections/{(await reflections.draft(patient))['id']}"
    second = f"/reflections/{(await reflections.draft(patient))['id']}"
    made = await attached(patient, first)
    await attached(patient, second)
    await attached(patient, first, PDF, "application/pdf")
    await announced(patient, first, png())
    exported = await exports.ready(patient)
    assert [one["count"] for one in exported["left_out"] if one["kind"] == "uploads"] == [1]
    archive = zipfile.ZipFile(io.BytesIO(await exports.downloaded(patient, exported["id"])))
    files = [name for name in archive.namelist() if name.startswith("attachments/")]
    assert sorted(name.rpartition(".")[2] for name in files) == ["pdf", "png"]
    assert hashlib.sha256(archive.read(f"attachments/{made['sha256']}.png")).hexdigest() == made["sha256"]
    assert len(things(archive, "attachments")) == 4


async def test_what_is_left_out_stands_in_it(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    made = await exports.ready(patient)
    archive = zipfile.ZipFile(io.BytesIO(await exports.downloaded(patient, made["id"])))
    text = "".join(page_of(archive, "README.html").text)
    assert len(made["left_out"]) == 6
    for one in made["left_out"]:
        assert one["why"] in text
    assert json.loads(archive.read("manifest.json"))["left_out"] == made["left_out"]


def _but_for_ids(archive: zipfile.ZipFile) -> Json:
    """Return an export's own description and its counts, without ids, times, names and digests."""
    page = "".join(page_of(archive, "README.html").text)
    manifest = json.loads(archive.read("manifest.json"))
    counts = {one["path"]: one["count"] for one in manifest["files"] if not one["path"].startswith("proofs/")}
    left_out = re.search(r"What is left out, and why.*?How to check", page, re.DOTALL)
    assert left_out is not None
    counts.pop("data/access_log.jsonl")
    return {
        "left_out": left_out[0],
        "counts": counts,
        "names": sorted(name.partition("/")[0] for name in archive.namelist()),
    }


async def test_a_psychotherapy_note_leaves_no_trace(world: World) -> None:
    therapist = await world.therapist()
    with_note, without = await world.patient_of(therapist), await world.patient_of(therapist)
    word = "Confided-7f1c0a"
    note = await psychotherapy.write(therapist, world.chart_id(with_note), word)
    archive = await opened(with_note)
    found = everything(archive)
    assert word.encode() not in found
    assert note["id"].encode() not in found
    assert _but_for_ids(archive) == _but_for_ids(await opened(without))


async def test_nothing_of_others_is_in_it(world: World) -> None:
    therapist = await world.therapist()
    patient, other = await world.patient_of(therapist), await world.patient_of(therapist, name="Other Sample")
    theirs = await reflections.submitted(other, text="Theirs-51ab", share=True)
    await notes.signed_note(therapist, world.chart_id(other), sections=notes.sections(plan="Theirs-51ab"))
    await notes.draft(therapist, world.chart_id(patient), sections=notes.sections(plan="Unsigned-51ab"))
    found = everything(await opened(patient))
    for word in ("Theirs-51ab", "Unsigned-51ab", "Other Sample", theirs["id"], world.chart_id(other)):
        assert word.encode() not in found


def test_every_table_of_a_chart_is_in_it_or_says_why_not() -> None:
    """A new resource gets a kind, or its reason here: no table is forgotten."""
    of_charts = {
        table.name
        for table in metadata().sorted_tables
        if "patient_id" in table.c or table.info.get("key_owner") in ("id", "patient_id", "domain_id")
    }
    names = {one.name for one in KINDS}
    assert of_charts - names - WITHIN.keys() == LEFT_OUT.keys()
    assert set(WITHIN.values()) <= names
    assert len(names) == len(KINDS)
