"""Every byte of every answer, as everybody: only what is theirs to read, in every list, search and ledger."""

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from pydantic import create_model

from integration_api.resources.journal.psychotherapy_notes.domain import domain_of
from integration_api.resources.journal.psychotherapy_notes.operations import CREATE_PSYCHOTHERAPY_NOTE
from integration_api.resources.register import metadata
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Read, Scope
from integration_api.storage.tables import EncryptedText, key_owner
from tests.factories.reflections import work_of
from tests.matrix.looking import BORN, FIELDS, MARKS, Garden, Seen, canaries, fields_document, look
from tests.scene import Scene
from tests.support import Api, World

pytestmark = pytest.mark.thorough

FIRST, SECOND, THIRD = MARKS
STAFF = {(chart, kind) for chart in (FIRST, SECOND) for kind in ("staff", "library", "stock")}
"""The names and addresses of a clinic's staff, its own strategies, and its containers of controlled drugs."""
TEAM = {*STAFF, (FIRST, "person"), (FIRST, "text"), (FIRST, "team")}

MAY_READ: dict[str, set[tuple[str, str]]] = {
    "author": {*TEAM, *((FIRST, kind) for kind in ("draft", "begun", "confided", "granted"))},
    "supervisor": {*TEAM, *((FIRST, kind) for kind in ("supervised", "granted", "reported", "handled"))},
    "therapist": {*TEAM, (FIRST, "supervised")},
    "prescriber": TEAM,
    "emergency": TEAM,
    "patient": {
        *((FIRST, kind) for kind in ("staff", "person", "text", "private", "library", "stock", "reported", "study")),
        (SECOND, "library"),
    },
    "clinic_admin": {*STAFF, *((chart, kind) for chart in (FIRST, SECOND) for kind in ("person", "hold", "program"))},
    "auditor": STAFF,
    "privacy_officer": {*STAFF, *((chart, kind) for chart in (FIRST, SECOND) for kind in ("emergency", "study"))},
    "nobody's therapist": {*STAFF, (FIRST, "own")},
    "outside_therapist": {(FIRST, "staff"), (FIRST, "text")},
}
"""Whose texts of which kind each is given: all of these, and nothing else.

An admin keeps names, addresses, care teams and legal holds, and reads nothing that anybody wrote about or with a
patient. An auditor reads the ledger, which has no text. A privacy officer reads why a chart was opened in an emergency.
"""

SHOWN_TO_NOBODY = {"confided-text"}
"""Texts that no answer of these holds: a psychotherapy note whose id the scene does not name for its GET."""

WITHOUT_CANARY = {
    "attachments.content_key": "a key, which nobody is shown",
    "exports.content_key": "as above",
    "bulk_files.content_key": "as above",
    "research_exports.content_key": "as above",
    "research_studies.pseudonym_key": "as above",
    "attachments.sha256": "a digest, which is no text",
    "measure_responses.answers": "numbers, and words of our own",
    "measure_responses.scores": "numbers, and words of our own",
    "check_ins.answers": "numbers, and words of our own",
    "check_ins.ignored": "names of items",
    "check_ins.alarms": "words of our own",
    "safeguarding_reports.facts": "words of our own, and ids",
    "readiness_checks.unmet": "words of our own",
    "readiness_versions.unmet": "words of our own",
    "doses.findings": "words of our own",
    "adverse_events.serious_because": "words of our own",
    "adverse_events.reported_to": "words of our own",
    "adverse_event_versions.serious_because": "words of our own",
    "adverse_event_versions.reported_to": "words of our own",
    "adverse_event_versions.withdrawn_reason": "empty: what was withdrawn does not change any more",
    "assessments.reasons": "words of our own",
    "assessment_versions.reasons": "words of our own",
    "discharges.met": "words of our own",
    "flag_events.assessment": "words of our own",
    "notes.imported_proof": "made by the product: signatures, digests and places in another deployment's ledger",
    "chart_imports.evidence": "rows of another deployment's ledger, which has no text; no answer shows them",
    "imported_records.file_sha256": "a digest, which is no text",
    "imported_records.content_sha256": "as above; no answer shows it",
    "imported_records.total": "a number, a date and the name of an instrument",
    "rems_forms.answers": "words of our own",
    "patients.birth_on": "a date; looked for as such",
    "factors.secret": "made by the product",
    "webhooks.secret": "made by the product",
    "webhooks.previous_secret": "made by the product",
    "notification_channels.secret": "made by the product",
    **{
        f"{t}.{c}": "credentials are short and public"
        for t, c in [
            ("accounts", "credential"),
            ("notes", "signer_credential"),
            ("notes", "cosigner_credential"),
            ("note_versions", "signer_credential"),
            ("note_versions", "cosigner_credential"),
            ("note_addenda", "author_credential"),
        ]
    },
}


@pytest.fixture(scope="session")
async def garden(api: Api) -> Garden:
    api.clock.reset()
    return await Garden.build(await World.build(api))


@pytest.fixture(scope="session")
async def seen(garden: Garden) -> dict[str, Seen]:
    return {name: await look(garden, name, person) for name, person in garden.people.items()}


def encrypted_columns() -> list[tuple[sa.Table, str]]:
    return [
        (table, column.name)
        for table in metadata().sorted_tables
        for column in table.c
        if isinstance(column.type, EncryptedText)
    ]


ROWS_OF = {
    table.name: Read(
        f"test_sealed_of_{table.name}",
        sa.select(*table.c, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY))
        .join(
            VAULT_KEYS,
            sa.and_(VAULT_KEYS.c.clinic_id == table.c.clinic_id, VAULT_KEYS.c.id == table.c[key_owner(table)]),
        )
        .where(table.c[key_owner(table)] == sa.bindparam("owner", type_=sa.Uuid())),
        create_model(f"Any_{table.name}", **{column.name: (Any, ...) for column in table.c}),  # type: ignore[call-overload]  # fields by name
        Scope.SYSTEM,
        "tests look at every text of a chart",
    )
    for table in dict.fromkeys(table for table, _ in encrypted_columns())
}


async def texts_of(chart: Scene, table: sa.Table, column: str) -> list[str]:
    """The texts of a column that are encrypted under a key of the chart or its clinic's."""
    patient_id = chart.patient.actor.patient_id
    assert patient_id is not None
    work = work_of(chart.therapist, CREATE_PSYCHOTHERAPY_NOTE)
    owners = {"clinic_id": chart.world.clinic_id, "domain_id": domain_of(work, patient_id)}
    owner = owners.get(key_owner(table), patient_id)
    if table.name == "safeguarding_reports":
        owner = UUID(chart.ids["safeguarding_report_id"])
    rows = await chart.world.api.runtime.database.all(ROWS_OF[table.name], {"owner": owner})
    return [str(getattr(row, column)) for row in rows]


async def test_every_text_that_a_chart_can_hold_is_planted(garden: Garden) -> None:
    """A new encrypted column must be planted too, or be named here with the reason."""
    for chart in garden.charts:
        empty = {
            f"{table.name}.{column}"
            for table, column in encrypted_columns()
            if not any(chart.mark in text for text in await texts_of(chart, table, column))
        }
        assert empty == set(WITHOUT_CANARY)


@pytest.mark.parametrize("who", MAY_READ)
async def test_everybody_is_given_their_own_texts_and_no_other(seen: dict[str, Seen], who: str) -> None:
    assert seen[who].texts == MAY_READ[who]
    assert seen[who].answers > 100


async def test_another_clinic_s_texts_are_its_own(garden: Garden) -> None:
    for name, person in garden.charts[2].people.items():
        marks = {mark for mark, _ in (await look(garden, f"{name} elsewhere", person)).texts}
        assert marks == {THIRD}, name


async def test_every_planted_text_is_shown_to_somebody(garden: Garden, seen: dict[str, Seen]) -> None:
    """So the search would find it."""
    planted: set[str] = set()
    for table, column in encrypted_columns():
        for text in await texts_of(garden.charts[0], table, column):
            planted |= canaries(text)[1]
    found = {word for one in seen.values() for word in one.words}
    assert planted - found == SHOWN_TO_NOBODY
    assert len(planted) > 40


async def test_the_fields_that_come_back_are_the_committed_ones(seen: dict[str, Seen]) -> None:
    """A field that is new to somebody is decided by committing it: `make matrix`."""
    assert seen.keys() == MAY_READ.keys()
    assert fields_document(seen) == FIELDS.read_text("utf-8")
    assert len(BORN) == len(MARKS)
