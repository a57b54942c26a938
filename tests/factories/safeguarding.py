"""Safeguarding designations and reports for tests."""

from integration_api.access.actor import Role
from tests.support import Json, Person, World

TEXT = "He held my hand after I said no."
PATH = "/safeguarding-reports"


async def designated(world: World, lead: Person | None = None, deputy: Person | None = None) -> tuple[Person, Person]:
    """The safeguarding lead and the deputy of the clinic, new ones unless given."""
    lead, deputy = lead or await world.staff(Role.SUPERVISOR), deputy or await world.therapist()
    present = await world.admin.get("/clinic/safeguarding")
    body = {"lead_id": lead.id, "deputy_id": deputy.id, "outside_contact": "Ombudsperson, 555 0190"}
    await world.admin.put("/clinic/safeguarding", body, match=present["version"])
    return lead, deputy


async def report(reporter: Person, *named: Person, **facts: object) -> Json:
    """A report about touch by these."""
    body = {"about": "touch", "text": TEXT, "named_account_ids": [one.id for one in named], **facts}
    made: Json = await reporter.post(PATH, body)
    return made


async def listed(person: Person, place: str) -> list[str]:
    """The ids of the reports that somebody has in a place."""
    return [one["id"] for one in (await person.get(PATH, params={"place": place}))["items"]]
