"""Wren Invented: her plan for the nights, and what she has proposed these days."""

from integration_api.demo.plan_stories import Plan, practises
from integration_api.demo.reflection_stories import reflects
from integration_api.demo.session_stories import Note, meets
from integration_api.demo.story import Story


def write(story: Story) -> None:
    """From the plan's first draft to yesterday."""
    _nights(story)
    _lately(story)


def _nights(story: Story) -> None:
    on = story.days.at
    nights = Plan(
        story,
        on(27, "wed", "13:52"),
        (
            {
                "category": "sleep_hygiene",
                "title": "Lamp out by eleven",
                "if_cue": "If it is eleven and I lie in bed",
                "then_action": "then I put the lamp out, also in the middle of a page.",
                "schedule": "FREQ=DAILY;BYHOUR=23",
                "duration_minutes": 1,
                "barriers": [{"barrier": "One more chapter", "workaround": "A pencil line where I stop"}],
                "confidence": 7,
                "importance": 8,
            },
            {
                "category": "defusion",
                "title": "The list has an end",
                "if_cue": "If I lie awake and the list begins",
                "then_action": "then I let it run to its last line and look at the sea for a while.",
                "schedule": "FREQ=WEEKLY;BYDAY=SU,TU,TH",
                "duration_minutes": 10,
                "confidence": 5,
                "importance": 9,
            },
        ),
        title="Nights without counting hours",
        aim="The list has an end, and I am still there after it.",
        review_on=story.days.day_of(on(44, "wed", "13:00")).isoformat(),
    )
    nights.moves(on(27, "wed", "14:05"), "propose")
    nights.moves(on(27, "thu", "20:30"), "decline", by_patient=True, reason="Every night is too much. Three a week?")
    nights.changes(on(28, "tue", "11:15"), 0, {"schedule": "FREQ=WEEKLY;BYDAY=MO,WE,FR", "confidence": 8})
    nights.accepted(on(28, "tue", "19:50"))
    nights.moves(on(39, "fri", "18:20"), "pause", by_patient=True)
    nights.moves(on(41, "sun", "20:15"), "resume", by_patient=True)
    _, sea = nights.ids
    weeks = (*range(29, 39), *range(42, 52))
    practises(
        story,
        sea,
        [on(week, day, "23:20") for week in weeks for day in ("sun", "tue")],
        (
            "The whole list, then waves.",
            "Fell asleep before the end.",
            "Twice in one night.",
            "Loud street, quiet sea.",
        ),
        from_distress=9,
        to_distress=4,
        skip_every=5,
    )


def _lately(story: Story) -> None:
    on, days = story.days.at, story.days
    reflects(
        story,
        on(45, "sat", "15:00"),
        "I do not want to write this anywhere else: I miss being important at work. Not the work. The being important.",
        ratings=(5, 4, 6, 6, 4, 4),
        tags=("mine",),
    )
    reflects(
        story,
        on(48, "sun", "10:10"),
        answers={
            "people": "Ines. Grandfather with the salt.",
            "hard": "Evenings on which nobody sits at the table but me.",
            "help_wanted": "To ask earlier. Ines said she likes being asked.",
        },
        ratings=(6, 4, 6, 7, 6, 3),
        share=True,
        heard=on(49, "mon", "09:20"),
        reply="Asking earlier sounds like a plan of your own. Would you like to write it down as one?",
        answer="I will try. You get it when it is ready.",
    )
    meets(
        story,
        days.workday(-2, "13:00"),
        "integration",
        Note(
            "dap",
            "Spoke of wanting to be important, carefully and then less carefully.",
            "Trusts the hour enough for it. Sees what she misses and what not.",
            "A plan in her own words about asking earlier; she will propose it herself.",
            needs_cosign=True,
            is_cosigned=False,
        ),
    )
    asking = Plan(
        story,
        days.ago(1, "19:05"),
        (
            {
                "category": "social_connection",
                "title": "Ask before Thursday",
                "if_cue": "If it is Tuesday and I do not know with whom I will eat that week",
                "then_action": "then I ask one person for one evening, in one sentence.",
                "schedule": "FREQ=WEEKLY;BYDAY=TU;BYHOUR=18",
                "duration_minutes": 5,
                "barriers": [{"barrier": "They have no time", "workaround": "I ask for the week after"}],
                "supports": ["Ines"],
                "confidence": 8,
                "importance": 8,
            },
        ),
        by_patient=True,
        title="Asking earlier",
        aim="A table with two plates, once a week.",
    )
    asking.moves(days.ago(1, "19:20"), "propose", by_patient=True)
    reflects(
        story, days.ago(1, "21:45"), "Tobias asked what important feels like in the body. It feels like", hand_in=False
    )
    meets(story, days.workday(3, "13:00"), "integration")
