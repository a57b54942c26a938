"""Plans, how both sides agree on them, and the practices of the weeks after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from integration_api.demo.front import Json, Person
from integration_api.demo.story import Story

_SKIPS = ("forgot", "no_time", "too_tired", "not_needed", "did_not_want_to", "obstacle")


def plans(
    story: Story,
    at: str,
    strategies: Sequence[Json],
    *,
    by: str = "therapist",
    insight: str | None = None,
    review_on: str | None = None,
    steps: Sequence[Json] = (),
    practices: Sequence[Json] = (),
    **facts: str,
) -> None:
    """Tell of a draft that one side (`therapist`, `patient`) makes with all its strategies, and its course."""
    moment = story.days.read(at)
    made = [{"id": story.new_id(moment), **strategy} for strategy in strategies]
    plan = _Plan(story.new_id(moment), {strategy["title"]: strategy["id"] for strategy in made})
    body = {
        "id": plan.id,
        "patient_id": story.patient_id,
        "course_id": story.course_id,
        "insight_id": story.named[insight] if insight else None,
        "review_on": story.days.date_of(review_on).isoformat() if review_on else None,
        **facts,
    }

    async def draft() -> None:
        await _side(story, by).make("/plans", body)
        for strategy in made:
            story.later(minutes=3)
            await _side(story, by).act(f"{plan.path}/strategies", strategy)

    story.at(moment, draft)
    for step in steps:
        _moves(story, plan, **step)
    for practice in practices:
        _practises(story, plan, **practice)


@dataclass
class _Plan:
    """The version of a plan that the story speaks of now, and the ids of its strategies by title."""

    id: str
    strategies: dict[str, str]

    @property
    def path(self) -> str:
        return f"/plans/{self.id}"


def _side(story: Story, by: str) -> Person:
    return story.patient if by == "patient" else story.therapist


def _moves(
    story: Story,
    plan: _Plan,
    at: str,
    act: str,
    by: str = "therapist",
    strategy: str = "",
    changes: Json | None = None,
    **body: str,
) -> None:
    """Let one side propose, accept, decline, pause, resume, complete, or change a strategy and propose again."""

    async def move() -> None:
        side = _side(story, by)
        read = await side.read(plan.path)
        story.later(minutes=4 if act == "accept" else 2)
        shown = {"revision": read["revision"]} if act == "accept" else {}
        await side.act(f"{plan.path}/{act}", {**body, **shown} or None)

    async def change() -> None:
        side = _side(story, by)
        read = await side.read(plan.path)
        story.later(minutes=6)
        if read["agreed_at"] is not None:
            plan.id = story.new_id(story.days.read(at))
            facts = {
                name: read[name] for name in ("patient_id", "course_id", "insight_id", "review_on", "title", "aim")
            }
            following = await side.make("/plans", {"id": plan.id, "replaces_id": read["id"], **facts})
            plan.strategies = {one["title"]: one["id"] for one in following["strategies"]}
        await side.act(f"{plan.path}/strategies/{plan.strategies[strategy]}", changes, "PATCH")
        story.later(minutes=1)
        await side.act(f"{plan.path}/propose")

    story.at(story.days.read(at), change if act == "change" else move)


def _practises(
    story: Story,
    plan: _Plan,
    *,
    strategy: str,
    weeks: Sequence[int],
    days: Sequence[str],
    time: str,
    from_distress: int,
    to_distress: int,
    skip_every: int,
    contexts: Sequence[str],
) -> None:
    """Let the patient use a strategy on these days; distress falls over the weeks, and some days are skipped."""
    moments = [story.days.at(week, day, time) for week in weeks for day in days]
    last = max(len(moments) - 1, 1)
    for number, moment in enumerate(moments):
        used = moment + timedelta(minutes=story.random.randint(0, 25))
        logged = min(used + timedelta(minutes=story.random.choice((1, 2, 3, 5, 140))), story.days.now)
        practice: Json = {"id": story.new_id(logged), "used_at": used.isoformat()}
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
        _log(story, logged, plan, strategy, practice)


def _log(story: Story, moment: datetime, plan: _Plan, strategy: str, practice: Json) -> None:
    async def log() -> None:
        await story.patient.make("/practices", {**practice, "strategy_id": plan.strategies[strategy]})

    story.at(moment, log)
