"""Rowan Sample: a whole year, from the first meeting to one plan completed and a second one in use."""

from datetime import timedelta

from integration_api.demo.charts import rowan_after
from integration_api.demo.plan_stories import Plan, practises
from integration_api.demo.reflection_stories import reflects
from integration_api.demo.session_stories import Note, calls_off, meets
from integration_api.demo.story import Story

_SHY = 7
"""The week in which Rowan kept a reflection to themself for some days."""
_ROOM = {
    "room": "Garden room, curtains half drawn",
    "position": "Reclined",
    "eyeshade": "Wanted, on from the start",
    "music": "Own list: cello and rain, volume low",
    "touch_agreement": "Hand only; an open palm means stop",
    "stance": "Quiet company; words when Rowan looks for them",
    "support_person": "Sister brings and drives home",
}


def write(story: Story) -> None:
    """The whole year."""
    on = story.days.at
    story.opens(
        on(0, "tue", "09:20"),
        "therapist",
        {
            "name": "Rowan Sample",
            "preferred_name": "Ro",
            "birth_on": "1988-04-17",
            "email": "rowan.sample@example.org",
            "phone": "+1 555 0100",
            "emergency_contact": "Sister, +1 555 0101",
        },
        {
            "state": "active",
            "indication": "Low mood that keeps coming back, for the sixth time now",
            "intention": "To feel at home in my own days again",
            "planned_dosing_sessions": 6,
        },
        {"prescriber": "prescriber"},
        invited=on(0, "tue", "11:20"),
        accepted=on(0, "tue", "19:40"),
    )
    _beginning(story)
    _middle(story)
    rowan_after.write(story)


def _beginning(story: Story) -> None:
    on = story.days.at
    meets(
        story,
        on(0, "tue", "10:00"),
        "screening",
        Note(
            "soap",
            "Low mood for the sixth time in ten years; this one came slowly. Sleeps nine hours and wakes tired. Two "
            "earlier treatments helped for a while. Hopes for mornings that are not a wall.",
            "On time, slow speech, warms up when speaking of the sister's children. Medical history taken.",
            "A course can be considered; nothing found that speaks against it. No thoughts of ending life.",
            "Medical clearance after the laboratory results. Two preparation sessions, then decide together.",
            by="prescriber",
        ),
        minutes=75,
        people=("prescriber",),
    )
    meets(
        story,
        on(1, "tue", "10:00"),
        "preparation",
        Note(
            "kap_preparation",
            "To feel at home in my own days again.",
            "Expects to lose hold for a while; is afraid of being a burden in that hour. Both were said aloud.",
            "How a session goes, what is usual, what to tell us at once. Questions about the drive home.",
            "Garden room, half light, cello. Hand only, open palm means stop. Sister waits downstairs.",
            "Feet on the floor, longer out than in; both tried here, the first one works at once.",
            "Understands, wants it, can say no. Clearance is there.",
            "One more preparation session for the music and for what comes after.",
        ),
        minutes=75,
        intention="To feel at home in my own days again",
    )
    meets(
        story,
        on(2, "tue", "10:00"),
        "preparation",
        Note(
            "dap",
            "Brought a list of music and a small stone from a river. We went through the day of the session hour by "
            "hour, then through the evening after it.",
            "Ready; nervous in a way that looks alive. Has somebody at home for the night.",
            "First dosing session next week. No plans for the weekend after it, on purpose.",
        ),
    )
    first = meets(
        story,
        on(3, "thu", "09:30"),
        "dosing",
        Note(
            "kap_dosing",
            "Rested, light breakfast, quiet smile. Repeated the intention once, holding the stone.",
            "As ordered by the prescriber and recorded in the medication record.",
            "Eyes closed throughout. Tears after the first third, breathing stayed even. Spoke twice: 'It is all so "
            "wide', and later 'I know this kitchen'.",
            "Hand offered and taken once. Otherwise quiet company.",
            "A wide field; the grandmother's kitchen with its yellow light; being small and welcome there.",
            "A little dizzy on sitting up, gone before leaving.",
            "Walked steadily, clear in time and place, drank tea. Sister drove home.",
            "Integration tomorrow. Write or draw tonight if it wants to come; no must.",
        ),
        minutes=150,
        people=("prescriber",),
        company="Sister",
        intention="To meet what comes with kindness",
        setting={**_ROOM, "mood_on_arrival": "Quiet, a little nervous", "sleep": "Seven hours"},
    )
    kitchen = reflects(
        story,
        on(3, "thu", "20:10"),
        answers={
            "body_now": "Heavy arms, warm chest. Like after swimming.",
            "picture": "Grandmother's kitchen. The light was yellow and somebody had put out a chair for me.",
            "seen_anew": "I always thought I have to earn a place at the table. The chair was just there.",
            "thanks": "My sister did not ask anything in the car.",
            "next_step": "Sit in my own kitchen in the morning, before the phone.",
        },
        session=first,
        ratings=(6, 3, 4, None, 8, 2),
        tags=("kitchen", "grandmother", "body"),
        insight="There is a chair for me already.",
        share=True,
        heard=on(3, "fri", "09:05"),
        reply="Thank you for letting me read this so soon, Ro. Shall we begin with the chair this afternoon?",
        answer="Yes please. I bought yellow light bulbs.",
    )
    meets(
        story,
        on(3, "fri", "14:00"),
        "integration",
        Note(
            "kap_integration",
            "One night of good sleep; wrote in the evening, read it aloud here.",
            "The kitchen, the chair that was already there, having to earn a place.",
            "Warmth in the chest when speaking of it; shoulders come up when the job is mentioned.",
            "'There is a chair for me already.' In Rowan's own words, kept as they are.",
            "The sister's silence in the car felt like trust.",
            "Mornings: sit in the kitchen before looking at the phone.",
            "Feet on the floor was used once, on the stairs; helped.",
            "No questionnaire today.",
            "Asked about risk: none voiced. Knows whom to call.",
            "Second dosing session in two weeks; a first small plan next time.",
        ),
        minutes=60,
    )
    reflects(
        story,
        on(3, "sun", "21:30"),
        "I did not tell Imani that I was angry too, for a moment, that it took so long. I want to keep that to myself "
        "for now. It is not a bad anger.",
        ratings=(6, 2, 5, 7, 6, 3),
        tags=("mine",),
    )
    mornings = Plan(
        story,
        on(4, "tue", "10:40"),
        (
            {
                "category": "grounding_sensory",
                "title": "Kitchen before phone",
                "if_cue": "If I come into the kitchen in the morning",
                "then_action": "then I sit on my chair for three minutes before I touch the phone.",
                "schedule": "FREQ=DAILY",
                "duration_minutes": 3,
                "barriers": [{"barrier": "The alarm is on the phone", "workaround": "The old alarm clock"}],
                "confidence": 8,
                "importance": 9,
            },
            {
                "category": "nature_contact",
                "title": "To the river and back",
                "if_cue": "If it is Monday, Wednesday or Friday and I have had breakfast",
                "then_action": "then I walk to the river and back, whatever the weather says.",
                "schedule": "FREQ=WEEKLY;BYDAY=MO,WE,FR",
                "duration_minutes": 25,
                "supports": ["Sister's dog"],
                "confidence": 6,
                "importance": 7,
            },
        ),
        title="Mornings that begin gently",
        aim="There is a chair for me already: begin the day by sitting on it.",
        insight_id=kitchen,
        review_on=story.days.day_of(on(16, "tue", "10:00")).isoformat(),
    )
    mornings.moves(on(4, "tue", "11:05"), "propose").accepted(on(4, "tue", "19:15"))
    mornings.moves(on(30, "tue", "20:10"), "complete", by_patient=True)
    chair, river = mornings.ids
    practises(
        story,
        chair,
        [on(week, day, "07:05") for week in range(5, 21) for day in ("tue", "sat")],
        ("Quiet outside.", "Tea, no news.", "The cat came along.", "Rain. Sat longer than three minutes."),
        from_distress=7,
        to_distress=3,
    )
    practises(
        story,
        river,
        [on(week, day, "08:20") for week in range(5, 29, 2) for day in ("mon", "wed", "fri")],
        ("With the dog.", "Fog on the water.", "Half the way, which counts.", "Met a neighbour and said hello."),
        from_distress=8,
        to_distress=3,
        skip_every=6,
    )


def _middle(story: Story) -> None:
    on = story.days.at
    room = {**_ROOM, "eyeshade": "Beside the pillow, used when wanted"}
    dosings = (
        (
            5,
            "Pre-session calm; asked for the window to be open a hand's width.",
            "A long corridor with doors that need not be opened today. Laughed once.",
            "To leave one door closed and be fine with it",
        ),
        (
            7,
            "Tired from a week of visitors, still wanted to come. Decided together to go on.",
            "Mostly rest. 'Nothing came, and that was the thing that came.'",
            "To rest without earning it",
        ),
        (
            10,
            "Cheerful, brought a photograph of the river in fog.",
            "The river again; walking beside the father for a while without a quarrel.",
            "To walk a little way with my father",
        ),
        (
            15,
            "A cold has passed; the session was moved by a week for it.",
            "Old shame about being slow. It got smaller when it was looked at.",
            "To look at the slowness as if it were a friend's",
        ),
        (
            20,
            "Steady. Speaks of this as the last one of the course.",
            "Gratitude; the table with everybody at it, also those who have died.",
            "To say thank you and take it home",
        ),
    )
    for week, before, themes, intention in dosings:
        session = meets(
            story,
            on(week, "thu", "09:30"),
            "dosing",
            Note(
                "kap_dosing",
                before,
                "As ordered by the prescriber and recorded in the medication record.",
                "Eyes mostly closed, even breathing, few words. Came back slowly and smiled at the tea.",
                "Quiet company; the music turned down once at Rowan's sign.",
                themes,
                "None seen or told.",
                "Clear, steady on the stairs. Sister drove home.",
                "Integration next week. The evening belongs to nobody else.",
            ),
            minutes=145,
            people=("prescriber",),
            company="Sister",
            intention=intention,
            setting=room,
        )
        reflects(
            story,
            on(week, "thu", "21:00"),
            f"{themes} I am tired in a good way.",
            session=session,
            ratings=(6, 3, 4, None, 7, 2),
            share=week != _SHY,
            shared_later=on(8, "mon", "18:30") if week == _SHY else None,
            offline_for=timedelta(hours=10),
            heard=on(8, "tue", "09:10") if week == _SHY else on(week, "fri", "12:10"),
            reply="Thank you, Ro. I have read it; we have the whole hour for it next week." if week > _SHY else None,
        )
    calls_off(story, on(14, "thu", "09:30"), "dosing", on(14, "wed", "16:10"), "A cold; moved by one week", minutes=150)
