"""One chart's year: steps, written down in any order and told in order of time."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from integration_api.demo.days import Days
from integration_api.demo.front import Clock, Front, Json, Person
from integration_api.demo.people import DEMO_PASSWORD

Step = Callable[[], Awaitable[object]]

_VERSION_AND_VARIANT = (0x7 << 76) | (0x2 << 62)
_RANDOM_BITS = ((1 << 12) - 1) << 64 | (1 << 62) - 1


class Story:
    """The events in one chart. `at` takes the steps, `tell` runs them."""

    def __init__(
        self, front: Front, clock: Clock, days: Days, staff: Mapping[str, Person], names: Mapping[str, Json]
    ) -> None:
        """`staff` are signed in; `names` say who they are as people of a session. Both by key of the cast."""
        self.front, self.clock, self.days, self.staff, self.names = front, clock, days, staff, names
        self.random = Random()
        self.opened = self.days.now
        self.therapist = staff["therapist"]
        self.patient_id = self.course_id = self.patient_name = ""
        self.named: dict[str, str] = {}
        """Ids of what later events refer to by name: sessions and insights."""
        self._members: dict[str, str] = {}
        self._patient: Person | None = None
        self._steps: list[tuple[datetime, int, Step]] = []

    @property
    def patient(self) -> Person:
        """The patient, who signs in after the invitation was accepted."""
        assert self._patient is not None  # noqa: S101  the stories invite first
        return self._patient

    def at(self, moment: datetime, step: Step) -> None:
        """Set the time of what comes next. Raises ValueError if it is in the future."""
        if moment > self.days.now:
            msg = f"{moment.isoformat()} is not past"
            raise ValueError(msg)
        self._steps.append((moment, len(self._steps), step))

    async def tell(self) -> None:
        """Let everything happen, in order."""
        for moment, _, step in sorted(self._steps, key=lambda item: item[:2]):
            self.clock.move(moment)
            await step()

    def later(self, **by: float) -> None:
        """Time passes within a step: `later(minutes=3)`."""
        self.clock.move(self.clock() + timedelta(**by))

    def new_id(self, moment: datetime, random: Random | None = None) -> str:
        """Return an id of this story: UUID version 7 (RFC 9562) of the moment, the same in every build.

        The story's own numbers decide how it goes on, so details bring a `random`.
        """
        bits = (random or self.random).getrandbits(128) & _RANDOM_BITS
        return str(UUID(int=int(moment.timestamp() * 1000) << 80 | _VERSION_AND_VARIANT | bits))

    def opens(
        self,
        opened: str,
        therapist: str,
        patient: Json,
        course: Json,
        team: Mapping[str, str],
        invited: str,
        accepted: str,
    ) -> None:
        """Let the therapist open chart and course, add `team` (key of the cast -> role), and invite the patient."""
        self.random.seed(patient["email"])
        moment = self.opened = self.days.read(opened)
        self.therapist = self.staff[therapist]
        self.patient_id, self.course_id = self.new_id(moment), self.new_id(moment)
        self.patient_name = patient["name"]
        codes: list[str] = []

        async def open_chart() -> None:
            await self.therapist.make("/patients", {"id": self.patient_id, **patient})
            for key, role in team.items():
                self.later(minutes=2)
                member = {"account_id": self.staff[key].id, "role": role}
                added = await self.therapist.make(f"/patients/{self.patient_id}/care-team", member)
                self._members[key] = added["id"]
            self.later(minutes=3)
            await self.therapist.make("/courses", {"id": self.course_id, "patient_id": self.patient_id, **course})

        async def invite() -> None:
            invitation = await self.therapist.make("/invitations", {"patient_id": self.patient_id})
            codes.append(invitation["code"])

        async def accept() -> None:
            await self.front.send("POST", "/invitations/accept", {"code": codes[0], "password": DEMO_PASSWORD})
            self._patient = await self.front.sign_in(patient["email"], DEMO_PASSWORD)

        self.at(moment, open_chart)
        self.at(self.days.read(invited), invite)
        self.at(self.days.read(accepted), accept)

    def course_moves(self, at: str, state: str) -> None:
        """Move the course to another state."""

        async def move() -> None:
            await self.therapist.act(f"/courses/{self.course_id}", {"state": state}, "PATCH")

        self.at(self.days.read(at), move)

    def leaves(self, at: str, who: str) -> None:
        """End somebody's part; they do not see the chart afterwards."""

        async def leave() -> None:
            path = f"/patients/{self.patient_id}/care-team/{self._members[who]}"
            await self.therapist.act(path, None, "DELETE", of=self._members[who])

        self.at(self.days.read(at), leave)

    def looks(self, at: str, who: Sequence[str]) -> None:
        """Staff look at their worklist and at this chart's timeline."""

        async def look() -> None:
            for key in who:
                await self.staff[key].read("/worklist")
                self.later(minutes=1)
                await self.staff[key].read(f"/patients/{self.patient_id}/timeline")

        self.at(self.days.read(at), look)
