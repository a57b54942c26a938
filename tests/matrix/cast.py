"""Everybody who may ask for something of one chart, by what they are and how they stand to it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from integration_api.access.actor import Role
from integration_api.resources.people.emergencies import operations as emergencies_operations
from tests.factories.care_teams import TEAM_ROLES, join
from tests.scene import Scene
from tests.scene.emergencies import open_chart
from tests.support import Json, Person, World

RELATIONS = ("own", "other", "ended", "elsewhere", "emergency")
"""`own`: it is their own chart, they are on its care team now, or their role sees the whole clinic; `other`: the same
clinic, and another chart of their own; `ended`: their membership was ended, or, for who has none, their account was
disabled, with a token that is still young; `elsewhere`: another clinic; `emergency`: they opened the chart."""


class Identity(NamedTuple):
    """What somebody is."""

    name: str
    roles: tuple[Role, ...]

    @property
    def team_role(self) -> Role | None:
        """The role in which they can be on a care team."""
        return next((role for role in self.roles if role.value in TEAM_ROLES), None)


AUTHOR = Identity("author", (Role.THERAPIST,))
IDENTITIES = (
    AUTHOR,
    *(Identity(role.value, (role,)) for role in Role),
    Identity("admin+therapist", (Role.CLINIC_ADMIN, Role.THERAPIST)),
    Identity("supervisor+officer", (Role.SUPERVISOR, Role.PRIVACY_OFFICER)),
)
"""Every role, the therapist who wrote what is there (`author`), and accounts of several roles."""


class Cell(NamedTuple):
    """Who asks."""

    identity: Identity
    relation: str


def relations_of(identity: Identity) -> tuple[str, ...]:
    """How somebody can stand to a chart."""
    if identity is AUTHOR:
        return ("own",)
    opens = set(identity.roles) & set(emergencies_operations.OPEN_EMERGENCY_ACCESS.who)
    return RELATIONS if opens else RELATIONS[:-1]


@dataclass
class CrowdedScene(Scene):
    """The scene, with everybody who is related to its charts. What is made for an operation is theirs too."""

    team: list[Person] = field(default_factory=list)
    left: list[Person] = field(default_factory=list)
    hurried: list[Person] = field(default_factory=list)

    async def new_chart(self) -> Json:
        """A chart to which everybody stands as to the first."""
        made = await super().new_chart()
        await join(self.other, made["id"], self.therapist)
        await self.crowd(self.other, made["id"])
        return made

    async def crowd(self, therapist: Person, chart: str) -> None:
        """Relate everybody to a chart of this therapist."""
        for person in self.team:
            await join(therapist, chart, person)
        for person in self.left:
            added = await join(therapist, chart, person)
            await therapist.delete(f"/patients/{chart}/care-team/{added['id']}", match=added["version"])
        for person in self.hurried:
            await open_chart(self, person, chart)


@dataclass
class Charts:
    """One chart with one of each thing in it, and another of the clinic."""

    scene: Scene
    other: Scene


@dataclass
class Cast(Charts):
    """Two charts of a clinic, one of another clinic, and all their people."""

    scene: CrowdedScene
    elsewhere: Scene
    people: dict[Cell, Person] = field(default_factory=dict)

    @classmethod
    async def build(cls, world: World) -> "Cast":
        """Make them all."""
        made = cls(
            await CrowdedScene.build(world), await Scene.build(world), await Scene.build(await World.build(world.api))
        )
        for cell in cells():
            made.people[cell] = await made._enter(cell)
        await made.scene.crowd(made.scene.therapist, made.scene.chart)
        for cell, person in made.people.items():
            if cell.relation == "ended" and cell.identity.team_role is None:
                await made._disable(person)
        return made

    async def _enter(self, cell: Cell) -> Person:
        identity, relation = cell
        if identity is AUTHOR:
            return self.scene.therapist
        home = {"other": self.other, "elsewhere": self.elsewhere}.get(relation, self.scene)
        if identity.roles == (Role.PATIENT,):
            if relation == "ended":
                return await home.world.patient_of(home.therapist)
            return home.patient
        person = await home.world.staff(*identity.roles)
        if identity.team_role is None:
            return person
        if home is not self.scene:
            await join(home.therapist, home.chart, person)
        else:
            {"own": self.scene.team, "ended": self.scene.left, "emergency": self.scene.hurried}[relation].append(person)
        return person

    async def _disable(self, person: Person) -> None:
        """End an account, as the clinic's admin does; a patient's by the database, where no route does it."""
        admin = self.scene.world.admin
        if person.actor.is_service:
            await admin.patch(f"/service-accounts/{person.id}", {"state": "disabled"}, 1)
        elif person.actor.patient_id is None:
            account = await admin.get(f"/accounts/{person.id}")
            await admin.patch(f"/accounts/{person.id}", {"state": "disabled"}, account["version"])
        else:
            await person.delete("/auth/tokens/current")


def cells() -> list[Cell]:
    """Everybody."""
    return [Cell(identity, relation) for identity in IDENTITIES for relation in relations_of(identity)]
