"""Making the demo clinic: aside, through the API, and then all at once into the database."""

import asyncio
import base64
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from integration_api.access.work import Work
from integration_api.app import open_database
from integration_api.demo.days import Days
from integration_api.demo.front import Clock, Front, Json, Person
from integration_api.demo.last_hour import tell_last_hour
from integration_api.demo.people import DEMO_PASSWORD, DEMO_TOTP_SECRET, SLUG, STAFF
from integration_api.demo.stories import CHARTS, CLINIC
from integration_api.demo.story import Story
from integration_api.demo.teller import write_chart
from integration_api.demo.transfer import copy_into, copy_objects, rows_of
from integration_api.resources.people.accounts.bootstrap import give_totp
from integration_api.resources.people.accounts.service import create_first_admin, create_member
from integration_api.resources.people.clinics import operations as clinics_operations
from integration_api.resources.people.clinics.service import create_clinic
from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.statements import READ_VAULT_KEY, VAULT_KEYS
from integration_api.storage.vault import NOBODY


async def build(settings: Settings) -> None:
    """Make the clinic in a database aside, then copy it in one transaction. Raises DemoBroken, DatabaseDown.

    A build that is interrupted leaves nothing behind that counts, and the next one begins anew.
    """
    with _aside(settings) as folder:
        aside = settings.model_copy(
            update={
                "database_wait_seconds": 300.0,  # no step of the year is refused because this machine is busy
                "data_dir": folder,
                "attachments_dir": None,
                "attachments_bucket": None,
                "database_url": None,
                "seal_seconds": 0,  # told at times long past; the seals are made where it is copied to
                "master_key": SecretStr(base64.b64encode(settings.key_source.read()).decode()),
                "argon2_memory_kib": 8192,  # the demo's password is known to all: its hash need not be slow
            }
        )
        migrations.migrate_sqlite(aside.sqlite_path)
        await copy_into(aside, [(VAULT_KEYS, [await _root_of(settings)])])
        await tell(aside, datetime.now(UTC))
        await copy_objects(aside, settings)  # first: no row names a part that is not there
        await copy_into(settings, rows_of(aside.sqlite_path))


async def _root_of(settings: Settings) -> dict[str, object]:
    """Return the wrapped root secret of the database, so that the copy has the same indexes."""
    async with open_database(settings) as database:
        root = await database.one(READ_VAULT_KEY, {"clinic_id": NOBODY, "id": NOBODY})
    assert root is not None  # noqa: S101  opening makes it
    return root.model_dump()


@contextmanager
def _aside(settings: Settings) -> Iterator[Path]:
    """Return an empty writable folder, after removing what an unfinished build left in the data folder."""
    if not settings.is_embedded:
        with tempfile.TemporaryDirectory(prefix="demo-") as name:
            yield Path(name)
        return
    folder = settings.data_dir / "demo-being-made"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def tell(settings: Settings, now: datetime) -> None:
    """Let the year until `now` happen in this database."""
    days = Days(now, ZoneInfo(CLINIC["time_zone"]))
    clock = Clock(days.at(0, "mon", "08:00"))
    async with Front.open(settings, clock, now) as front:
        await _found(front)
        staff = {member.key: await front.sign_in(member.email, DEMO_PASSWORD, DEMO_TOTP_SECRET) for member in STAFF}
        clock.move(days.at(0, "mon", "08:30"))
        await _settle_in(staff)
        names: dict[str, Json] = {
            staff[member.key].id: {
                "role": member.role.value,
                "name": member.name,
                "account_id": staff[member.key].id,
            }
            for member in STAFF
        }
        stories = []
        for chart in CHARTS:
            story = Story(front, clock, days, staff, names)
            write_chart(story, chart)
            stories.append(story)
        await asyncio.gather(*(story.tell() for story in stories))
        clock.move(now - timedelta(minutes=40))
        await staff["auditor"].read("/ledger")
        await tell_last_hour(clock, stories, now)


async def _found(front: Front) -> None:
    """Create the clinic and its staff, as the command line would."""
    work = Work(front.runtime, clinics_operations.CREATE_CLINIC, uuid4().hex)
    clinic = create_clinic(work, slug=SLUG, name=CLINIC["name"], time_zone=CLINIC["time_zone"], country="US")
    admin, *others = STAFF
    give_totp(work, await create_first_admin(work, clinic, admin.name, admin.email, DEMO_PASSWORD), DEMO_TOTP_SECRET)
    for member in others:
        row = await create_member(
            work, clinic, member.name, member.email, DEMO_PASSWORD, (member.role,), member.credential
        )
        give_totp(work, row, DEMO_TOTP_SECRET)
    await work.apply()


async def _settle_in(staff: dict[str, Person]) -> None:
    """Say how the clinic is reached, who is on call and who receives reports, and add the clinic's own things."""
    admin, therapist = staff["admin"], staff["therapist"]
    clinic = await admin.read("/clinic")
    reached = {name: CLINIC[name] for name in ("hours", "phone", "address", "emergency_instruction")}
    await admin.act("/clinic", reached, "PATCH", of=clinic["id"])
    for entry in CLINIC["strategy_library"]:
        await therapist.make("/strategy-library", entry)
    for document in CLINIC["consent_documents"]:
        text = {name: document[name] for name in ("title", "text")}
        await admin.make("/consent-documents", {"purpose": document["purpose"], "texts": [{"language": "en", **text}]})
    await admin.make("/note-templates", CLINIC["note_template"])
    steps = (await admin.read("/clinic/protocol"))["steps"]
    for step in steps:
        step["prompts"] = step["prompts"] or CLINIC["late_prompts"]
    await admin.front.send("PUT", "/clinic/protocol", {"steps": steps}, actor=admin.actor, version=0)
    designated = {name: staff[key].id for name, key in CLINIC["safeguarding"]["of"].items()}
    body = {**designated, "outside_contact": CLINIC["safeguarding"]["outside_contact"]}
    await admin.front.send("PUT", "/clinic/safeguarding", body, actor=admin.actor, version=0)
    for choice in CLINIC["notifications"]:
        facts = {name: value for name, value in choice.items() if name != "whose"}
        person = staff[choice["whose"]]
        await admin.front.send("PUT", "/me/notification-settings", facts, actor=person.actor, version=0)
    first_on = admin.front.clock().date().isoformat()
    for shift in CLINIC["shifts"]:
        facts = {name: value for name, value in shift.items() if name != "whose"}
        await admin.make("/shifts", {**facts, "account_id": staff[shift["whose"]].id, "first_on": first_on})
