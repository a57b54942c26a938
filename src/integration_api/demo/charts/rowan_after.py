"""Rowan Sample, after the dosing sessions: the grey weeks, the evenings, and these days."""

from integration_api.demo.plan_stories import Plan, practises
from integration_api.demo.reflection_stories import reflects
from integration_api.demo.session_stories import Note, meets
from integration_api.demo.story import Story


def write(story: Story) -> None:
    """From the first hour of integration to yesterday."""
    _later(story)
    _lately(story)


def _later(story: Story) -> None:
    on = story.days.at
    hours = {
        6: Note(
            "dap",
            "Spoke of doors that may stay closed. Said no to a dinner and slept well after it.",
            "Finds that leaving something for later is a choice, not a failure.",
            "Kitchen chair daily; notice one closed door a day and let it be.",
        ),
        8: Note(
            "birp",
            "Disappointed at first that 'nothing came'.",
            "Stayed with the word rest; asked what resting had to be earned with.",
            "Silence, then: 'My mother never sat down.' Cried a little, left lighter.",
            "Rest for ten minutes after lunch, without a reason.",
        ),
        11: Note(
            "narrative",
            "Rowan told the walk with the father twice: once as it was in the session, once as it might be on a "
            "Sunday. Between the two lies a phone call that nobody has to make this week. We wrote down three first "
            "sentences and crossed out two. The one that stayed: 'I was at the river and thought of you.' No risk was "
            "voiced. Next: carry the sentence around until it wants to be used, or not.",
        ),
        16: Note(
            "girp",
            "To be slow without shame, at work too.",
            "Looked at one slow hour of last week as if a friend had told it.",
            "Surprised at the kindness that came. Shoulders came down.",
            "One thing at a time on Wednesdays; tell the team lead in one sentence.",
        ),
        21: Note(
            "kap_integration",
            "Called the father. Eleven minutes, mostly weather, good.",
            "The table with everybody at it; thanks and farewell to the sessions.",
            "Soft face, long breaths; a sting behind the eyes at the word last.",
            "'I can set the table myself.'",
            "Father, sister; a colleague who asked for a walk.",
            "Soup for four on the first Sunday of the month.",
            "Kitchen chair most days, river three times a week. Both have become easy.",
            "No questionnaire today.",
            "Asked about risk: none voiced.",
            "Sessions every five to six weeks from here; the plan goes on.",
        ),
        30: Note(
            "dap",
            "Read the plan aloud and said 'this is just how I live now'.",
            "The aim of the plan is reached. Evenings are the harder half of the day.",
            "Complete the plan; think about evenings until next week.",
        ),
        31: Note(
            "pirp",
            "From dinner to bed the old spiral of tomorrow's mistakes.",
            "Drew the spiral with its first turn; looked for the one moment with a handle.",
            "Found it: the dishes. Liked how plain that is.",
            "Second plan, around the dishes. Proposed today; Rowan decides at home.",
        ),
        36: Note(
            "dap",
            "Evenings shorter than they were. Skipped the plan on the days with visitors and did not mind.",
            "Uses the breathing before the spiral has its second turn.",
            "Keep going; look at confidence again in a month.",
        ),
        42: Note(
            "dap",
            "Two grey weeks, felt in the body before there was a word for them.",
            "Sees it coming and has words for it, which is new.",
            "A lamp at breakfast, the river at noon instead of morning. Sister knows.",
        ),
        47: Note(
            "narrative",
            "A low week, and it stayed a week. Rowan listed by heart what had helped: the chair, the lamp, one message "
            "to the sister, the dishes with music. We laughed that the list is so short and so ordinary. No risk was "
            "voiced, and the old question whether it will all come back was asked and left open, together.",
        ),
    }
    for week, note in hours.items():
        meets(story, on(week, "tue", "10:00"), "integration", note)
    meets(
        story,
        on(26, "tue", "16:00"),
        "follow_up",
        Note(
            "soap",
            "Feels well, sleeps seven to eight hours. No complaints since the last session.",
            "Lively on the screen, kitchen in the background, yellow light.",
            "Course has gone as hoped. Nothing to follow up medically for now.",
            "Course is completed. Call at once if mood falls for more than two weeks.",
            by="prescriber",
        ),
        minutes=25,
        modality="telehealth",
        people=("prescriber",),
    )
    story.course_moves(on(26, "tue", "17:05"), "completed")
    story.looks(on(16, "tue", "09:45"), "therapist")
    story.looks(on(36, "tue", "09:45"), "therapist", "prescriber")


def _lately(story: Story) -> None:
    on, days = story.days.at, story.days
    evenings = Plan(
        story,
        on(31, "tue", "11:00"),
        (
            {
                "category": "music",
                "title": "Dishes with one record",
                "if_cue": "If I stand at the sink after dinner",
                "then_action": "then I put on one record and wash until its first side ends.",
                "schedule": "FREQ=DAILY;BYHOUR=19;BYMINUTE=30",
                "duration_minutes": 20,
                "confidence": 9,
                "importance": 7,
            },
            {
                "category": "paced_breathing",
                "title": "Longer out than in",
                "library_id": "019b76da-a7fd-70cd-adec-ffde623dd8df",
                "if_cue": "If I notice the first turn of the spiral",
                "then_action": "then I breathe in to four and out to six until the kettle boils.",
                "schedule": "FREQ=WEEKLY;BYDAY=TU,TH,SU",
                "duration_minutes": 4,
                "barriers": [{"barrier": "Visitors", "workaround": "I go and fetch water"}],
                "supports": ["Sister, who knows the word kettle"],
                "confidence": 6,
                "importance": 9,
            },
        ),
        title="Evenings without the spiral",
        aim="I can set the table myself, and clear it too, without going through tomorrow's mistakes.",
        review_on=days.day_of(days.workday(10, "10:00")).isoformat(),
    )
    evenings.moves(on(31, "tue", "11:10"), "propose").accepted(on(31, "wed", "18:45"))
    evenings.changes(on(36, "tue", "10:52"), 1, {"schedule": "FREQ=DAILY", "confidence": 8})
    evenings.accepted(on(36, "tue", "20:20"))
    _, breathing = evenings.ids
    practises(
        story,
        breathing,
        [on(week, day, "20:40") for week in range(32, 52) for day in ("tue", "thu", "sun")],
        (
            "After the dishes.",
            "Before a call with my father.",
            "On the back step.",
            "Second turn already, still worked.",
        ),
        from_distress=8,
        to_distress=4,
    )
    reflects(
        story,
        on(42, "sat", "16:20"),
        "Grey since Monday. The other times I did not notice until it was too late; this time I bought a lamp.",
        ratings=(5, 3, 4, 6, 6, 4),
        tags=("grey days",),
        share=True,
        heard=on(43, "mon", "10:15"),
        reply="The lamp is a good sign. Does your sister know about the grey days already?",
        answer="She does now. She offered the dog on Wednesdays.",
        added="PS: it is an ugly lamp.",
    )
    meets(
        story,
        days.workday(-1, "10:00"),
        "integration",
        Note(
            "dap",
            "Came with the shopping still in hand. The week after the low week was a normal one.",
            "Trusts the short list. Wants to see the year as a whole once.",
            "Next time: read the year together.",
            is_signed=False,
        ),
    )
    reflects(
        story,
        days.ago(1, "20:30"),
        answers={
            "feelings": "Calm, a little proud, a little sad that a year is over.",
            "thanks": "An ordinary Wednesday, of all things.",
            "next_step": "Ask my father for soup on the first Sunday.",
        },
        ratings=(7, 2, 6, 7, 8, 2),
        tags=("ordinary",),
        insight="Ordinary days are what I came for.",
        share=True,
    )
    reflects(story, days.ago(1, "22:05"), "What I want to tell about this year:", hand_in=False, safety=None)
    meets(story, days.workday(6, "10:00"), "follow_up", intention="Read the year together")
