"""Wren Invented: worry and short nights; a therapist in training, whose notes a supervisor signs too."""

from datetime import timedelta

from integration_api.demo.charts import wren_nights
from integration_api.demo.reflection_stories import reflects
from integration_api.demo.session_stories import Note, meets, misses
from integration_api.demo.story import Story

_ROOM = {
    "room": "Small room to the courtyard",
    "position": "Lying, heavy blanket",
    "eyeshade": "Kept in the hand",
    "music": "Piano, very low",
    "touch_agreement": "None; a spoken word is enough",
    "stance": "Mostly silent",
    "support_person": "A friend brings her home and stays for dinner",
}


def write(story: Story) -> None:
    """Thirty weeks."""
    on = story.days.at
    story.opens(
        on(22, "tue", "11:30"),
        "therapist_2",
        {
            "name": "Wren Invented",
            "birth_on": "1995-09-02",
            "email": "wren.invented@example.org",
            "phone": "+1 555 0110",
            "emergency_contact": "Friend Ines, +1 555 0111",
        },
        {
            "state": "active",
            "indication": "Worry and short nights since a burn-out",
            "intention": "To be able to stop at the end of a day",
            "planned_dosing_sessions": 3,
        },
        {"prescriber": "prescriber", "supervisor": "supervisor"},
        invited=on(22, "wed", "13:50"),
        accepted=on(22, "thu", "18:05"),
    )
    _beginning(story)
    _middle(story)
    wren_nights.write(story)


def _beginning(story: Story) -> None:
    on = story.days.at
    meets(
        story,
        on(22, "wed", "13:00"),
        "screening",
        Note(
            "soap",
            "Worries in lists, sleeps four to five hours. A year of too much work, then three months at home.",
            "Fast speech, sits on the edge of the chair, laughs at herself kindly.",
            "A course can be considered; nothing found that speaks against it. No thoughts of ending life.",
            "Clearance given. Preparation with Tobias; sleep first, also without us.",
            by="prescriber",
        ),
        minutes=70,
        people=("prescriber",),
    )
    meets(
        story,
        on(23, "wed", "13:00"),
        "preparation",
        Note(
            "kap_preparation",
            "To be able to stop at the end of a day.",
            "Expects to fail at letting go. We agreed that there is nothing to pass.",
            "What the hours are like, that words may come late, that stopping is always possible.",
            "Small room, heavy blanket, piano. No touch; a spoken word is enough.",
            "Names five things in the room when thoughts run ahead; did it here, twice.",
            "Wants it and can say no. Clearance is there.",
            "One more preparation session, then a date.",
            needs_cosign=True,
        ),
        minutes=70,
        intention="To be able to stop",
    )
    misses(story, on(24, "wed", "13:00"), "preparation", "Overslept after a short night; rang in the afternoon")
    meets(
        story,
        on(25, "wed", "13:00"),
        "preparation",
        Note(
            "pirp",
            "Ashamed of the missed hour; had thought of not coming back.",
            "Spoke of the missed hour as sleep that was needed.",
            "Laughed, then tired, then calm. Chose the date for the first dosing session.",
            "First dosing session next week. A friend stays for dinner.",
            needs_cosign=True,
            returned_because="Good work. Please say whether risk was asked about.",
        ),
    )


def _middle(story: Story) -> None:
    on = story.days.at
    dosings = (
        (
            26,
            "Nervous and funny about it. Blanket from the start.",
            "Lists that ran out like paper; then quiet, then the sea at night.",
            "To see what is there when the list ends",
        ),
        (
            29,
            "Two good nights before. Came early and sat in the courtyard.",
            "Hurry as a small animal that wanted to be carried. Some fear towards the end, it passed with company.",
            "To be slow with somebody beside me",
        ),
        (
            33,
            "Steady. Says she knows the way into the room now.",
            "A long dinner at which nobody was late.",
            "To stay at the table",
        ),
    )
    for week, before, themes, intention in dosings:
        session = meets(
            story,
            on(week, "wed", "12:30"),
            "dosing",
            Note(
                "kap_dosing",
                before,
                "As ordered by the prescriber and recorded in the medication record.",
                "Still for the most part; hands moved as if folding something. Few words.",
                "Company in silence; the room named aloud once.",
                themes,
                "None seen; cold feet, a second blanket helped.",
                "Clear and steady, ate half a sandwich. Left with her friend.",
                "Integration next week; a call tomorrow if she wants one.",
                needs_cosign=True,
            ),
            minutes=150,
            people=("prescriber",),
            company="Ines, a friend",
            intention=intention,
            setting={**_ROOM, "expectation": "None today", "mood_on_arrival": "Awake"},
        )
        if week == 26:  # noqa: PLR2004  the first one
            reflects(
                story,
                on(26, "wed", "21:20"),
                "The list ended. I did not know that it can. After the last line there was the sea, and it was night, "
                "and I was not late for anything.",
                session=session,
                ratings=(7, 3, 3, None, 6, 2),
                tags=("sea", "list"),
                insight="The list has an end, and I am still there after it.",
                share=True,
                heard=on(26, "thu", "10:30"),
                reply="What a sentence, Wren: still there after it. Let us keep that one.",
                answer="I wrote it on the fridge.",
            )
    reflects(
        story,
        on(29, "wed", "22:40"),
        "I feel shaky tonight. Ines is here. I would like somebody to ring me tomorrow.",
        ratings=(3, 7, 3, None, 5, 7),
        safety="not_sure",
        contact_me=True,
        share=True,
        heard=on(29, "thu", "08:35"),
        reply="Good that you wrote and that Ines is there. I will ring you at half past nine.",
        answer="Thank you for ringing. It is a day like others now.",
    )
    meets(
        story,
        on(29, "thu", "09:30"),
        "follow_up",
        Note(
            "dap",
            "Phone call. Slept five hours, friend stayed. The fear of last night was 'as if the animal had been left "
            "alone'.",
            "Oriented, warm, tired. Asked about safety: feels safe this morning, is not alone today.",
            "Walk with her friend at noon, call again tomorrow if wanted. Prescriber told.",
            needs_cosign=True,
        ),
        minutes=20,
        modality="telehealth",
    )
    hours = {
        27: Note(
            "dap",
            "Brought the sentence from the fridge. Slept six hours, three nights in a row.",
            "The picture of the sea is a place she can go to; practised going and coming back.",
            "A plan for the nights, small enough to be kept.",
            needs_cosign=True,
        ),
        30: Note(
            "birp",
            "Careful at first, as if the hour could break something.",
            "Went back to the small animal with company and at her pace.",
            "Found that it wants to be carried and not to be trained.",
            "Slow Wednesdays: one errand less than planned.",
            needs_cosign=True,
        ),
        34: Note(
            "narrative",
            "Wren told the long dinner from the first to the last guest. Her grandfather was there and asked for salt. "
            "Nobody was late, and she noticed that she had not looked for a clock. We compared it with the dinners of "
            "the last year at her desk. She wants one evening a week with a table, a cloth and no screen. No risk was "
            "voiced.",
            needs_cosign=True,
            addenda=((timedelta(days=2), "supervisor", "Discussed in supervision: keep the focus on one evening."),),
        ),
        44: Note(
            "girp",
            "Six hours of sleep on most nights.",
            "Looked at the log of the nights together; asked what the good ones have in common.",
            "Dinner at a table and the lamp out by eleven. Proud, and a little surprised.",
            "Keep both; let the rest go. See each other every three weeks.",
            needs_cosign=True,
        ),
    }
    for week, note in hours.items():
        meets(story, on(week, "wed", "13:00"), "integration", note)
    meets(
        story,
        on(38, "wed", "16:30"),
        "follow_up",
        Note(
            "soap",
            "Sleeps six hours, worries less in the evening. No complaints.",
            "Calm on the screen, finishes her sentences.",
            "Course has gone as hoped. Nothing to follow up medically for now.",
            "Course is completed; therapy goes on with Tobias.",
            by="prescriber",
        ),
        minutes=25,
        modality="telehealth",
        people=("prescriber",),
    )
    story.course_moves(on(38, "wed", "17:10"), "completed")
    story.looks(on(30, "tue", "14:00"), "therapist_2", "supervisor")
