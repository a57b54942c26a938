"""A member of staff who is about to leave, for tests, and those who stay."""

import pytest

from integration_api.access.actor import Role
from tests.factories.notes import join, supervisor_of
from tests.support import Json, Person, World

WAYS = pytest.mark.parametrize("way", ["disabled", "removed", "demoted"])
"""Leaving the clinic, the care team, or the profession."""


class Leaver:
    """A therapist with a chart, who is about to leave, and those who stay on its care team."""

    def __init__(self, world: World, therapist: Person, patient: Person) -> None:
        self.world, self.therapist, self.patient, self.chart = world, therapist, patient, world.chart_id(patient)

    @classmethod
    async def of(cls, world: World) -> "Leaver":
        therapist = await world.therapist()
        made = cls(world, therapist, await world.patient_of(therapist))
        made.supervisor = await supervisor_of(world, therapist, made.chart)
        made.successor = await join(world, therapist, made.chart, Role.PRESCRIBER)
        return made

    supervisor: Person
    successor: Person

    async def change(self, **facts: object) -> Json:
        """Change the account of the leaver."""
        path = f"/accounts/{self.therapist.id}"
        version = (await self.world.admin.get(path))["version"]
        changed: Json = await self.world.admin.patch(path, facts, version)
        return changed

    async def leave(self, way: str) -> None:
        """Leave the clinic, or only the care team of the chart, or all roles that write notes."""
        if way == "disabled":
            await self.change(state="disabled")
            return
        if way == "demoted":
            await self.change(roles=["auditor"])
            return
        team = (await self.world.admin.get(f"/patients/{self.chart}/care-team"))["items"]
        [member] = [one for one in team if one["account_id"] == self.therapist.id]
        await self.world.admin.delete(f"/patients/{self.chart}/care-team/{member['id']}", member["version"])
