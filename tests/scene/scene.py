"""The scene: a clinic with one of everything in it, and a canary in every text."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from uuid import uuid4

from tests.factories.measure_responses import screened
from tests.factories.readiness import ready_session
from tests.log_watch import CANARY
from tests.support import Json, Person, World

BORN_ON = "1971-02-03"


def canary(kind: str, mark: str = CANARY) -> str:
    """Return a word that can be nowhere by chance, and says whose it is and which kind of text it stands in."""
    return f"{mark}-{kind}-{uuid4().hex[:8]}"


@dataclass
class Scene:
    """One chart with one of each thing in it, and everybody who has to do with it.

    `people` holds persons by name and `ids` the id of one of each thing by the name of its path parameter. The files
    of this package fill both.
    """

    world: World
    mark: str = CANARY
    birth_on: str = BORN_ON
    people: dict[str, Person] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    built_at: datetime | None = None
    """The application's time when everything was there: while it was planted, time passed."""

    @classmethod
    async def build(cls, world: World, mark: str = CANARY, birth_on: str = BORN_ON) -> Self:
        """Plant everything, in the order in which the product lists its resources."""
        scene = cls(world, mark, birth_on, {"admin": world.admin})
        for plant in PLANTED:
            await plant(scene)
        scene.built_at = world.api.clock()
        return scene

    async def ready_session(self) -> Json:
        """A dosing session of the chart in which nothing holds a dose, neither a flag that asks for a screen."""
        await screened(self.therapist, self.chart)
        return await ready_session(self.therapist, self.chart, self.people["prescriber"])

    def word(self, kind: str) -> str:
        """Return a canary of this scene.

        `kind` is the text's audience and its name, as `text-title`. The audiences, which `test_canaries.py` decides on:
        `staff` (names of staff), `person` (who the patient is), `text` (the team and the patient), `team` (not the
        patient), `draft` and `begun` (the author), `supervised` (author and supervisor), `private` (the patient),
        `confided` (the author, on team or not), `granted` (the same, and who was granted it), `reported` (who sent a
        safeguarding report, and the lead), `handled` (the lead),
        `emergency`, `hold`, `program`, `library` (the whole clinic), `stock` (staff, and the patient of their own
        supply), `study` (privacy officers, and the patients in its exports), and `own` (who wrote it, of their own
        account).
        """
        return canary(kind, self.mark)

    @property
    def chart(self) -> str:
        """The chart's id."""
        return self.ids["patient_id"]

    @property
    def therapist(self) -> Person:
        """The therapist of the care team who wrote what is there."""
        return self.people["therapist"]

    @property
    def supervisor(self) -> Person:
        """A supervisor on the care team."""
        return self.people["supervisor"]

    @property
    def patient(self) -> Person:
        """The patient, who has an account."""
        return self.people["patient"]

    @property
    def auditor(self) -> Person:
        """An auditor of the clinic."""
        return self.people["auditor"]

    @property
    def officer(self) -> Person:
        """A privacy officer of the clinic."""
        return self.people["officer"]

    @property
    def other(self) -> Person:
        """A therapist of the clinic who has charts of their own, made by `new_chart`."""
        return self.people["other"]

    async def new_chart(self) -> Json:
        """Return a chart of the other therapist, whose patient has no account yet."""
        body = {"name": f"{self.word('person-name')} Sample", "email": f"{uuid4().hex}@example.org"}
        made: Json = await self.other.post("/patients", body)
        return made

    async def crowd(self, therapist: Person, chart: str) -> None:
        """Relate everybody to a chart of this therapist: nobody, unless the scene has a crowd."""


Planting = Callable[[Scene], Awaitable[None]]
PLANTED: list[Planting] = []


def planted(plant: Planting) -> Planting:
    """Have each scene planted with what this function writes."""
    PLANTED.append(plant)
    return plant
