"""Ash Fictional: a few weeks in, with everything still before them."""

from datetime import timedelta

from integration_api.demo.plan_stories import Plan
from integration_api.demo.reflection_stories import reflects
from integration_api.demo.session_stories import Note, meets
from integration_api.demo.story import Story


def write(story: Story) -> None:
    """Seven weeks."""
    on, days = story.days.at, story.days
    story.opens(
        on(45, "mon", "15:10"),
        "therapist_2",
        {
            "name": "Ash Fictional",
            "birth_on": "2001-02-14",
            "email": "ash.fictional@example.org",
            "phone": "+1 555 0130",
            "emergency_contact": "Mother, +1 555 0131",
        },
        {
            "state": "planned",
            "indication": "Fear among people; has hardly left the flat since leaving university",
            "intention": "To be in a room with others and still be me",
            "planned_dosing_sessions": 4,
        },
        {"prescriber": "prescriber", "supervisor": "supervisor"},
        invited=on(46, "thu", "14:55"),
        accepted=on(46, "sat", "12:25"),
    )
    meets(
        story,
        on(46, "thu", "13:45"),
        "screening",
        Note(
            "soap",
            "Left university in the second year. Shops at night. One friend, online.",
            "Came with cap and headphones, took both off after ten minutes.",
            "Strong fear in company, low mood behind it. No thoughts of ending life.",
            "Reports of the family doctor awaited. Time to get to know each other before anything else.",
            by="prescriber",
        ),
        minutes=60,
        people=("prescriber",),
    )
    meets(
        story,
        on(48, "thu", "14:00"),
        "preparation",
        Note(
            "dap",
            "Walked here in daylight. Spoke for twenty minutes about a game with a village in it.",
            "In the village Ash greets everybody. We looked at how that is done there.",
            "One greeting outside until next time, whichever is easiest.",
            needs_cosign=True,
        ),
        modality="in_person",
    )
    meets(
        story,
        on(50, "thu", "14:00"),
        "preparation",
        Note(
            "kap_preparation",
            "To be in a room with others and still be me.",
            "Expects nothing; is afraid of being looked at while not in charge of the face.",
            "Hour by hour through the day of a session; who is in the room and where they sit.",
            "Staff sit beside, not in front. Cap may stay on. No touch.",
            "Counts colours in the room; has greeted the caretaker.",
            "Nearly there. Clearance of the prescriber has come.",
            "A date for the first dosing session; mother fetches.",
            needs_cosign=True,
        ),
        minutes=75,
        intention="To be in a room with others and still be me",
    )
    story.course_moves(on(50, "thu", "15:30"), "active")
    reflects(
        story,
        on(48, "thu", "23:50"),
        "I said good morning to the caretaker although it was afternoon. He said good morning back.",
        ratings=(5, 6, 5, 5, 4, 5),
        tags=("village",),
        insight="He said it back.",
        share=True,
        offline_for=timedelta(hours=11),
        heard=on(49, "mon", "16:40"),
        reply="That made my Monday. Good morning, Ash.",
        answer="it was thursday but good morning",
    )
    reflects(
        story,
        on(50, "sun", "02:15"),
        "not ready to show this one. maybe after the first session.",
        ratings=(4, 7, 4, 3, 3, 6),
        safety=None,
    )
    reflects(
        story,
        days.ago(1, "18:15"),
        "Questions for Tobias: can I keep one headphone in? Who speaks first when I open my eyes?",
        ratings=(5, 6, 5, 6, 5, 5),
        share=True,
        release_at=days.workday(1, "08:30"),
    )
    Plan(
        story,
        days.workday(-1, "16:00"),
        (
            {
                "category": "graded_exposure",
                "title": "One greeting a day",
                "if_cue": "If somebody I know by sight comes towards me",
                "then_action": "then I nod, or say good morning, whatever the time.",
                "schedule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                "duration_minutes": 1,
                "confidence": 6,
                "importance": 8,
            },
            {"category": "music", "title": "A song for the way home", "confidence": 9},
        ),
        title="The village outside",
        aim="He said it back: find out who else does.",
    )
    meets(
        story,
        days.workday(5, "09:30"),
        "dosing",
        minutes=150,
        people=("prescriber",),
        company="Mother, who fetches",
        intention="To be in a room with others and still be me",
        setting={"eyeshade": "Cap instead", "touch_agreement": "None", "position": "Sitting first, then as it comes"},
    )
    meets(story, days.workday(8, "14:00"), "integration")
