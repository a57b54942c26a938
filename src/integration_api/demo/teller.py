"""The story-teller: reads the events of a chart's file, and lets each of them happen in a story.

The `kind` of an event is the function that tells it; its other keys are that function's parameters. An event with
`like = "x"` also has what `[like.x]` of its file holds, unless it says otherwise itself.
"""

from collections.abc import Callable, Mapping

from integration_api.demo.consent_stories import consents
from integration_api.demo.dosing_stories import orders
from integration_api.demo.front import Json
from integration_api.demo.goal_stories import goals
from integration_api.demo.measure_stories import measures
from integration_api.demo.plan_stories import plans
from integration_api.demo.record_stories import confides, discloses, safety_plans
from integration_api.demo.reflection_stories import reflects
from integration_api.demo.session_stories import meets
from integration_api.demo.sharing_stories import split_care, summaries
from integration_api.demo.story import Story

_KINDS: Mapping[str, Callable[..., None]] = {
    "session": meets,
    "reflection": reflects,
    "goal": goals,
    "measure": measures,
    "plan": plans,
    "consent": consents,
    "course": Story.course_moves,
    "order": orders,
    "leaving": Story.leaves,
    "look": Story.looks,
    "confide": confides,
    "safety_plan": safety_plans,
    "disclosure": discloses,
    "summary": summaries,
    "split_care": split_care,
}


def write_chart(story: Story, chart: Json) -> None:
    """Write a chart's year into its story. Raises KeyError, TypeError, ValueError for what the file gets wrong."""
    story.opens(**chart["chart"])
    for event in chart["events"]:
        facts = dict(event)
        if "like" in facts:
            facts = _merged(chart["like"][facts.pop("like")], facts)
        _KINDS[facts.pop("kind")](story, **facts)


def _merged(shared: Json, own: Json) -> Json:
    """Both, key by key; what is `own` counts."""
    merged = {**shared, **own}
    for key in shared.keys() & own.keys():
        if isinstance(shared[key], dict):
            merged[key] = _merged(shared[key], own[key])
    return merged
