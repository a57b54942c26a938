"""A chart moves to another deployment, of another database and other keys, with nothing lost and nothing leaked."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.access.binding_check import check_access
from integration_api.access.work import Work
from integration_api.app import sealer_of
from integration_api.cli.ledger import access_checks
from integration_api.ledger.verify import verify_all
from integration_api.resources.journal.notes.proof_check import check_note_proof
from integration_api.resources.oversight.exports import package_exports
from integration_api.resources.oversight.exports.package_exports import ChartRows
from integration_api.resources.oversight.exports.package_manifests import PackageRefused
from integration_api.resources.oversight.exports.package_rows import AUTHOR_KEYS
from integration_api.resources.oversight.exports.package_tables import BY_NAME, CARRIED, LEFT_BEHIND
from integration_api.resources.register import metadata
from tests.databases import migrated_postgres
from tests.factories import consents, psychotherapy, reflections, retention
from tests.factories.attachments import attached, content
from tests.factories.notes import signed_note
from tests.factories.packages import MASTER_KEYS, Deployment, of_the_chart
from tests.log_watch import CANARY
from tests.scene import Scene
from tests.storage.hand import Hand
from tests.support import Api, Json, Person, SettableClock, World, account_for, enter

pytestmark = pytest.mark.thorough

NEVER_CARRIED = ("confided", "granted", "reported", "handled", "emergency", "program", "own")
"""The canaries of what stays: psychotherapy notes, safeguarding reports, and what is of the clinic or of an account."""


async def test_the_whole_scene_goes_there_and_back(tmp_path: Path, postgres_url: str) -> None:
    """SQLite, PostgreSQL, SQLite, with a master key each: the manifest is the same, but for the deployment."""
    clock = SettableClock()
    home = Deployment.at(tmp_path / "home", None, MASTER_KEYS[0], clock)
    away = Deployment.at(tmp_path / "away", await migrated_postgres(postgres_url), MASTER_KEYS[1], clock)
    back = Deployment.at(tmp_path / "back", None, MASTER_KEYS[2], clock)
    async with home.serve() as api:
        scene = await Scene.build(await World.build(api))
    await away.with_a_clinic()
    await back.with_a_clinic()
    first = await home.send(scene.chart, away, tmp_path / "1.age")
    report = await away.take(tmp_path / "1.age", None, apply=False)
    assert (report["refused_rows"], report["applied"], report["chart"]) == ([], False, "new")
    assert report["new"] == first.rows
    assert {name: count["in_package"] > 0 for name, count in report["tables"].items()} == dict.fromkeys(BY_NAME, True)
    assert report["proofs"]["broken"] == 0 < report["proofs"]["sound"]
    assert (await away.take(tmp_path / "1.age", first.public_key))["applied"]
    again = await away.take(tmp_path / "1.age", first.public_key)
    assert (again["new"], again["same"], again["refused"]) == (0, first.rows, 0)
    second = await away.send(scene.chart, back, tmp_path / "2.age")
    await back.take(tmp_path / "2.age", second.public_key)
    third = await back.send(scene.chart, home, tmp_path / "3.age")
    manifests = [to.manifest(tmp_path / f"{n}.age") for n, to in ((1, away), (2, back), (3, home))]
    assert of_the_chart(manifests[0]) == of_the_chart(manifests[1]) == of_the_chart(manifests[2])
    assert len({one["deployment"]["public_key"] for one in manifests}) == 3
    assert first.rows == second.rows == third.rows
    assert (first.without_proof, second.without_proof, third.without_proof) == (0, 0, 0)
    async with away.serve() as api:
        await all_is_read(await a_member(api, scene.chart), scene.chart)
    everything = b"".join(away.opened(tmp_path / "1.age").values()).decode("utf-8", "replace")
    assert {kind: f"{CANARY}-{kind}" in everything for kind in ("text", "team", "private", "draft", "person")} == (
        dict.fromkeys(("text", "team", "private", "draft", "person"), True)
    )
    assert [kind for kind in NEVER_CARRIED if f"{CANARY}-{kind}" in everything] == []


LISTS = (
    *(
        "sessions",
        "courses",
        "orders",
        "doses",
        "medicines",
        "adverse-events",
        "consents",
        "home-counts",
        "arc-windows",
    ),
    *("notes", "reflections", "attachments", "goals", "plans", "practices", "safety-plans", "amendment-requests"),
    "shared-summaries",
    *("measure-responses", "check-ins", "flags"),
)
VIEWS = ("timeline", "threads", "chart", "trajectory", "imports")


async def a_member(api: Api, chart: str) -> Person:
    """A therapist of the clinic that received a chart, on its care team."""
    [[clinic_id]] = await api.runtime.database.driver.read("SELECT clinic_id FROM patients", ())
    clinic = clinic_id if isinstance(clinic_id, UUID) else UUID(str(clinic_id))
    admin = await enter(api, clinic, (Role.CLINIC_ADMIN,), "Ada Keeper")
    return await team_of(World(api, clinic, admin), chart)


async def all_is_read(member: Person, chart: str) -> None:
    """Every list and view of the chart can be read, and each thing of a list by itself."""
    for name in LISTS:
        found = await member.get(f"/{name}", params={"patient_id": chart, "limit": "100"})
        assert found["items"], name
    for view in VIEWS:
        await member.get(f"/patients/{chart}/{view}")
    for note in (await member.get("/notes", params={"patient_id": chart}))["items"]:
        shown = await member.get(f"/notes/{note['id']}")
        if shown["content_sha256"] is not None:
            assert check_note_proof(await member.get(f"/notes/{note['id']}/proof"), shown)


def test_each_table_of_a_chart_travels_or_says_why_not() -> None:
    tables = metadata().tables.values()
    of_charts = {
        table.name
        for table in tables
        if "patient_id" in table.c or table.info.get("key_owner") in ("id", "patient_id", "domain_id")
    }
    assert of_charts - BY_NAME.keys() == LEFT_BEHIND.keys()
    assert BY_NAME.keys() - of_charts == {"consent_documents"}
    seen = {"clinics", "accounts"}
    for one in CARRIED:
        named = {key.referred_table.name for key in one.table.foreign_key_constraints} - {one.name}
        assert named <= seen, f"{one.name} is inserted before a row that it names"
        seen.add(one.name)
        keys = [key for key in one.table.foreign_key_constraints if key.referred_table.name == "accounts"]
        assert [key.column_keys[-1] for key in keys if not key.column_keys[-1].endswith(AUTHOR_KEYS)] == []


@pytest.fixture(params=["sqlite", "postgresql"])
async def away(request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str) -> Deployment:
    """A deployment that receives charts, on either database."""
    url = await migrated_postgres(postgres_url) if request.param == "postgresql" else None
    return Deployment.at(tmp_path / "away", url, MASTER_KEYS[1], SettableClock())


@pytest.fixture
def home(tmp_path: Path, away: Deployment) -> Deployment:
    """A deployment that sends charts."""
    return Deployment.at(tmp_path / "home", None, MASTER_KEYS[0], away.clock)


SECRET, SHARED, SPOKEN = "Nobody is to read this.", "The lake was still.", "She spoke of the lake."


async def a_chart(api: Api) -> Json:
    """A chart with a signed note, a private and a shared reflection, a file, a consent and a legal hold; its ids."""
    world = await World.build(api, name="Harbour House")
    document = await consents.published(world.admin, "sharing")
    therapist = await world.therapist()
    patient = await world.patient_of(therapist, email="rowan@example.org")
    chart = world.chart_id(patient)
    note = await signed_note(therapist, chart)
    await psychotherapy.write(therapist, chart)
    private = await reflections.draft(patient, text=SECRET)
    draft = await reflections.draft(patient, text=SHARED, tags=["Lake"])
    picture = await attached(patient, f"/reflections/{draft['id']}")
    draft = await patient.get(f"/reflections/{draft['id']}")
    shared = await patient.post(
        f"/reflections/{draft['id']}/submit", {"share": True}, match=draft["version"], expect=200
    )
    consent = await consents.signed(patient, document)
    version = (await world.admin.get(f"/patients/{chart}"))["version"]
    await world.admin.put(
        f"/patients/{chart}/legal-hold", {"reason": "litigation", "reference": "case 12", "note": None}, version
    )
    ids = {"note": note, "private": private, "shared": shared, "picture": picture, "consent": consent}
    key = sealer_of(api.runtime).signer.public_key
    return {name: thing["id"] for name, thing in ids.items()} | {"chart": chart, "author": therapist.id, "key": key}


async def team_of(world: World, chart: str) -> Person:
    """A therapist of the receiving clinic, to whom its admin grants the chart."""
    therapist = await world.therapist()
    await world.admin.post(f"/patients/{chart}/care-team", {"account_id": therapist.id, "role": "therapist"})
    return therapist


async def test_what_arrives_is_as_it_was_and_shown_as_imported(
    home: Deployment, away: Deployment, tmp_path: Path
) -> None:
    file = tmp_path / "chart.age"
    async with home.serve() as api:
        ids = await a_chart(api)
    written = await home.send(ids["chart"], away, file)
    async with away.serve() as api:
        world = await World.build(api)
        await away.take(file, written.public_key)
        stranger = await world.therapist()
        await stranger.get(f"/patients/{ids['chart']}", expect=404)  # the care team does not travel
        therapist = await team_of(world, ids["chart"])
        note = await therapist.get(f"/notes/{ids['note']}")
        assert (note["state"], note["imported_at"] is not None) == ("signed", True)
        assert note["signature"]["account_id"] == ids["author"]
        assert (note["signature"]["name"], note["signature"]["credential"]) == ("Imani Vale", "LMFT")
        await therapist.patch(f"/notes/{ids['note']}", {"sections": {"plan": "x"}}, note["version"], expect=403)
        proof = await therapist.get(f"/notes/{ids['note']}/proof")
        assert [one.public_key for one in check_note_proof(proof, note)] == [ids["key"]]
        await therapist.get(f"/reflections/{ids['private']}", expect=404)
        shown = await therapist.get(f"/reflections/{ids['shared']}")
        assert (shown["text"], shown["tags"]) == (SHARED, ["Lake"])
        asked = {"patient_id": ids["chart"], "tag": "lake"}
        found = await therapist.post("/reflections/search", asked, expect=200)
        assert [one["id"] for one in found["items"]] == [ids["shared"]]
        assert await content(therapist, ids["picture"])
        [one] = (await therapist.get(f"/patients/{ids['chart']}/imports"))["items"]
        assert (one["from_clinic"], one["signed_by"]) == ("Harbour House", written.public_key)
        assert one["manifest_sha256"] == written.manifest_sha256
        assert one["rows_inserted"] == written.rows
        searched = await therapist.post("/patients/search", {"name_part": "rowan"}, expect=200)
        assert [one["id"] for one in searched["items"]] == [ids["chart"]]
        author = await world.admin.get(f"/accounts/{ids['author']}")
        assert (author["name"], author["credential"], author["state"], author["roles"]) == (
            "Imani Vale",
            "LMFT",
            "disabled",
            [],
        )
        await account_for(world.admin, stranger, therapist)
        await sealer_of(api.runtime).seal_all(back=None)
        key = sealer_of(api.runtime).signer.public_key
        assert [one.findings for one in await verify_all(api.runtime.database, key, {}, lambda _: None)] == [[]]
        reports = await check_access(api.runtime.database, api.runtime.bindings, access_checks(), api.clock())
        assert [one.findings for one in reports] == [[]]


async def test_a_hold_blocks_and_a_consent_given_elsewhere_permits_nothing(
    home: Deployment, away: Deployment, tmp_path: Path
) -> None:
    file = tmp_path / "chart.age"
    async with home.serve() as api:
        ids = await a_chart(api)
    written = await home.send(ids["chart"], away, file)
    async with away.serve() as api:
        world = await World.build(api)
        await retention.keep_nothing(world)
        document = await consents.published(world.admin, "sharing")
        await away.take(file, written.public_key)
        therapist = await team_of(world, ids["chart"])
        version = (await world.admin.get(f"/patients/{ids['chart']}"))["version"]
        refused = await world.admin.post(f"/patients/{ids['chart']}/erasure", match=version, expect=409)
        assert refused["code"] == "legal-hold"
        shown = await therapist.get(f"/consents/{ids['consent']}")
        assert (shown["imported_at"] is not None, shown["number"]) == (True, 1)
        program = await world.program()
        await program.get(f"/patients/{ids['chart']}", expect=404)
        [listed] = (await world.admin.get("/consent-documents"))["items"]
        assert listed["id"] == document["id"]
        old = await world.admin.get(f"/consent-documents/{shown['document_id']}")
        assert (old["number"], old["texts"][0]["text_sha256"]) == (1, shown["text_sha256"])
        await world.admin.post(f"/consent-documents/{old['id']}/retire", match=old["version"], expect=409)
        patient = await invited(world, therapist, ids["chart"])
        await consents.signed(patient, old, expect=409)
        await consents.signed(patient, document)
        await program.get(f"/patients/{ids['chart']}")
        hand = Hand(away.settings)
        await hand.run("UPDATE consents SET ordinal = 9 WHERE id = ?", UUID(ids["consent"]))
        await program.get(f"/patients/{ids['chart']}")  # that of another clinic, as the last one, takes nothing away
        await hand.run(
            "UPDATE consents SET withdrawn_at = signed_at, withdrawn_by_id = created_by_id WHERE id = ?",
            UUID(ids["consent"]),
        )
        await program.get(f"/patients/{ids['chart']}", expect=404)


async def test_a_chart_that_changes_while_it_is_read_is_not_sent(
    home: Deployment, away: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each table is read by itself; a package of two moments would lack what came between."""
    async with home.serve() as api:
        world = await World.build(api)
        patient = await world.patient_of(await world.therapist())
        await reflections.draft(patient)
        read, writes = package_exports.read_chart, [True, False, False]

        async def read_while_they_write(work: Work, clinic_id: UUID, chart: UUID) -> ChartRows:
            found = await read(work, clinic_id, chart)
            if writes.pop(0):
                await reflections.draft(patient)
            return found

        monkeypatch.setattr(package_exports, "read_chart", read_while_they_write)
        with pytest.raises(PackageRefused, match="changed while it was read"):
            await home.send(world.chart_id(patient), away, tmp_path / "chart.age")
        assert not (tmp_path / "chart.age").exists()
        writes[:] = [False, False]
        await home.send(world.chart_id(patient), away, tmp_path / "chart.age")


async def invited(world: World, therapist: Person, chart: str) -> Person:
    """The patient of an imported chart, who is invited here, sets a password, and reads what was theirs alone."""
    code = (await therapist.post("/invitations", {"patient_id": chart}))["code"]
    facts = {"code": code, "password": "seven green lakes at dusk"}
    answer = await world.api.send("POST", "/invitations/accept", json=facts)
    assert answer.status_code < 300, answer.text
    signed_in = await world.api.send(
        "POST", "/auth/tokens", json={"email": "rowan@example.org", "password": facts["password"]}
    )
    token = signed_in.json()["access_token"]
    return Person(world.api, world.api.runtime.tokens.verify(token, world.api.clock()), token)


async def test_the_patient_finds_what_was_theirs_alone(home: Deployment, away: Deployment, tmp_path: Path) -> None:
    file = tmp_path / "chart.age"
    async with home.serve() as api:
        ids = await a_chart(api)
    written = await home.send(ids["chart"], away, file)
    async with away.serve() as api:
        world = await World.build(api)
        await away.take(file, written.public_key)
        patient = await invited(world, await team_of(world, ids["chart"]), ids["chart"])
        assert (await patient.get(f"/reflections/{ids['private']}"))["text"] == SECRET
        events = [one["event"] for one in (await patient.get("/me/access-log?limit=100"))["items"]]
        assert "chart.imported" in events
    rows = json.loads("[" + ",".join(away.opened(file)["evidence/ledger.jsonl"].decode().splitlines()) + "]")
    assert {"note.signed", "reflection.shared"} <= {row["event"] for row in rows}
    assert [row for row in rows if "psychotherapy" in row["event"]] == []
    assert {row["is_private"] for row in rows} == {False}


PACKAGES = Path(__file__).parent / "packages"


@pytest.mark.parametrize("version", sorted(path.stem for path in PACKAGES.glob("*.age")))
async def test_a_package_of_each_version_can_still_be_imported(version: str, away: Deployment, tmp_path: Path) -> None:
    """They were made when the version was new, and are never made again."""
    file, golden = PACKAGES / f"{version}.age", Deployment(away.settings, away.clock, PACKAGES / f"{version}.txt", "")
    await away.with_a_clinic()
    manifest = golden.manifest(file)
    report = await golden.take(file, manifest["deployment"]["public_key"])
    rows = {Path(one["path"]).stem: one["count"] for one in manifest["files"] if one["path"].startswith("rows/")}
    assert {name: counts["new"] for name, counts in report["tables"].items()} == rows
    assert (report["refused"], report["unknown_fields"], report["proofs"]["broken"]) == (0, [], 0)
    sent = await away.send(manifest["patient_id"], away, tmp_path / "again.age")
    assert sent.rows == sum(rows.values())
