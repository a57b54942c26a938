"""Juniper Mock: her plan for the hour before dark."""

from integration_api.demo.plan_stories import Plan, practises
from integration_api.demo.story import Story


def write(story: Story) -> None:
    """The plan, from its draft to its completion, and every evening of it."""
    on = story.days.at
    bench = Plan(
        story,
        on(15, "mon", "11:55"),
        (
            {
                "category": "nature_contact",
                "title": "The bench at dusk",
                "description": "His bench, with the blanket; tea is allowed.",
                "if_cue": "If it gets dark and the house is too quiet",
                "then_action": "then I take the blanket and sit on the bench until the first light goes on opposite.",
                "schedule": "FREQ=WEEKLY;BYDAY=MO,WE,FR,SU",
                "duration_minutes": 15,
                "barriers": [{"barrier": "Rain", "workaround": "The chair at the garden door"}],
                "supports": ["The neighbour, who waves"],
                "confidence": 8,
                "importance": 9,
            },
            {
                "category": "journaling",
                "title": "A room on Sundays",
                "if_cue": "If it is Sunday and I have eaten",
                "then_action": "then I write one page about one room of our first flat.",
                "schedule": "FREQ=WEEKLY;BYDAY=SU;BYHOUR=15",
                "duration_minutes": 40,
                "confidence": 9,
                "importance": 8,
            },
        ),
        title="The hour before dark",
        aim="I do not have to knock: a place for him in the evening, and one on Sundays.",
    )
    bench.moves(on(15, "mon", "12:00"), "propose").accepted(on(15, "mon", "18:10"))
    bench.moves(on(40, "mon", "11:48"), "complete")
    dusk, room = bench.ids
    practises(
        story,
        dusk,
        [on(week, day, "18:40") for week in range(16, 38, 2) for day in ("mon", "wed", "fri")],
        ("Tea.", "Talked to him, why not.", "Rain; the chair at the door.", "The neighbour waved."),
        from_distress=8,
        to_distress=2,
        skip_every=8,
    )
    practises(
        story,
        room,
        [on(week, "sun", "15:05") for week in range(16, 40, 2)],
        ("The corridor.", "The piano nobody could play.", "Half a page, then a nap."),
        from_distress=6,
        to_distress=2,
        skip_every=9,
    )
