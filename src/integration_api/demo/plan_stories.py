"""Plans, how both sides agree on them, and the practices of the weeks after."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from integration_api.demo.front import Json, Person
from integration_api.demo.story import Story

_SKIPS = ("forgot", "no_time", "too_tired", "not_needed", "did_not_want_to", "obstacle")


class Plan:
    """One plan of a story."""

    def __init__(
        self,
        story: Story,
        moment: datetime,
        strategies: Sequence[Json],
        *,
        by_patient: bool = False,
        **facts: str | None,
    ) -> None:
        """A draft, made by one side with all its strategies."""
        self.story = story
        self.id = story.new_id(moment)
        self.path = f"/plans/{self.id}"
        self.strategies = [{"id": story.new_id(moment), **strategy} for strategy in strategies]
        self.ids: list[str] = [strategy["id"] for strategy in self.strategies]

        async def draft() -> None:
            body = {"id": self.id, "patient_id": story.patient_id, "course_id": story.course_id, **facts}
            await self._side(by_patient).make("/plans", body)
            for strategy in self.strategies:
                story.later(minutes=3)
                await self._side(by_patient).act(f"{self.path}/strategies", strategy)

        story.at(moment, draft)

    def _side(self, by_patient: bool) -> Person:
        return self.story.patient if by_patient else self.story.therapist

    def moves(self, moment: datetime, step: str, *, by_patient: bool = False, **body: object) -> "Plan":
        """One side proposes, pauses, resumes, completes, declines."""

        async def move() -> None:
            side = self._side(by_patient)
            await side.read(self.path)
            self.story.later(minutes=2)
            await side.act(f"{self.path}/{step}", dict(body) or None)

        self.story.at(moment, move)
        return self

    def accepted(self, moment: datetime, *, by_patient: bool = True) -> "Plan":
        """The other side reads it and agrees to the revision it has then."""

        async def accept() -> None:
            side = self._side(by_patient)
            read = await side.read(self.path)
            self.story.later(minutes=4)
            await side.act(f"{self.path}/accept", {"revision": read["revision"]})

        self.story.at(moment, accept)
        return self

    def changes(self, moment: datetime, at: int, changes: Json, *, by_patient: bool = False) -> "Plan":
        """One side changes a strategy and proposes the plan anew."""

        async def change() -> None:
            side = self._side(by_patient)
            await side.read(self.path)
            self.story.later(minutes=6)
            await side.act(f"{self.path}/strategies/{self.ids[at]}", changes, "PATCH")
            self.story.later(minutes=1)
            await side.act(f"{self.path}/propose")

        self.story.at(moment, change)
        return self


def practises(
    story: Story,
    strategy_id: str,
    moments: Sequence[datetime],
    contexts: Sequence[str],
    *,
    from_distress: int = 8,
    to_distress: int = 4,
    skip_every: int = 7,
) -> None:
    """The patient uses a strategy at these times: distress falls over the weeks, and now and then it is skipped."""
    last = max(len(moments) - 1, 1)
    for number, moment in enumerate(moments):
        used = moment + timedelta(minutes=story.random.randint(0, 25))
        logged = min(used + timedelta(minutes=story.random.choice((1, 2, 3, 5, 140))), story.days.now)
        practice: Json = {"id": story.new_id(logged), "strategy_id": strategy_id, "used_at": used.isoformat()}
        if number % skip_every == skip_every - 1:
            practice["skipped_reason"] = story.random.choice(_SKIPS)
        else:
            expected = from_distress + (to_distress - from_distress) * number / last
            before = max(1, min(10, round(expected + story.random.uniform(-1.2, 1.2))))
            after = max(0, before - story.random.choice((1, 1, 2, 2, 3)))
            practice |= {"distress_before": before, "distress_after": after}
            practice |= {"helpfulness": min(4, 1 + before - after), "would_use_again": before - after > 0}
            if number % 3 == 0:
                practice["context"] = contexts[number // 3 % len(contexts)]
        _log(story, logged, practice)


def _log(story: Story, moment: datetime, practice: Json) -> None:
    async def log() -> None:
        await story.patient.make("/practices", practice)

    story.at(moment, log)
