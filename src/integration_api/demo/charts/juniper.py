"""Juniper Mock: grief, mostly on the screen, in another time zone; a course and a plan that are both completed."""

from datetime import timedelta

from integration_api.demo.charts import juniper_bench
from integration_api.demo.front import Json
from integration_api.demo.reflection_stories import reflects
from integration_api.demo.session_stories import Note, amends, calls_off, meets
from integration_api.demo.story import Story

_ROOM: Json = {
    "room": "Garden room, window open",
    "position": "Reclined, feet up",
    "eyeshade": "Not wanted",
    "music": "Choir, then silence",
    "scent_and_light": "Lavender from her own garden; daylight",
    "touch_agreement": "A hand on the shoulder if she asks for it",
    "support_person": "Her son, who drives",
}


def write(story: Story) -> None:
    """Thirty-two weeks."""
    on = story.days.at
    story.opens(
        on(8, "fri", "10:05"),
        "therapist",
        {
            "name": "Juniper Mock",
            "birth_on": "1961-11-23",
            "email": "juniper.mock@example.org",
            "phone": "+1 555 0120",
            "emergency_contact": "Son Felix, +1 555 0121",
            "time_zone": "America/Chicago",
        },
        {
            "state": "planned",
            "indication": "Grief that does not move, two years after the death of her husband",
            "intention": "To remember him without falling",
            "planned_dosing_sessions": 3,
        },
        {"prescriber": "prescriber"},
        invited=on(9, "mon", "12:20"),
        accepted=on(10, "sun", "17:30"),
    )
    story.course_moves(on(10, "mon", "12:05"), "active")
    _meetings(story)
    _writing(story)
    juniper_bench.write(story)


def _meetings(story: Story) -> None:
    on = story.days.at
    meets(
        story,
        on(9, "mon", "11:00"),
        "screening",
        Note(
            "soap",
            "Husband died two years ago after a short illness. Functions by day, sinks in the evening. Eats little.",
            "Upright, precise, cried once and apologised for it.",
            "Grief that has found no place. No thoughts of ending life; wants to see the grandchild grow up.",
            "Clearance after the report of her family doctor. Preparation with Imani.",
            by="prescriber",
        ),
        minutes=75,
        people=("prescriber",),
    )
    meets(
        story,
        on(10, "mon", "11:00"),
        "preparation",
        Note(
            "kap_preparation",
            "To remember him without falling.",
            "Afraid of meeting him and having to leave again. Hopes for exactly that, too.",
            "The course of a session; that pictures are not orders; what helps if it gets steep.",
            "Window open, choir, daylight. A hand on the shoulder if she asks for it.",
            "Holds the garden key; it is heavy and cold and brings her back.",
            "Knows what she wants and what not. Clearance is there.",
            "First dosing session next Monday; son drives and stays the night.",
        ),
        minutes=75,
        intention="To remember him without falling",
    )
    dosings = (
        (
            11,
            "Pale and resolute, the key in her hand.",
            "Their first flat, its stairs; she walked up slowly and was let in.",
        ),
        (14, "Calmer than last time. Slept well.", "Sorting his shirts, this time together with him."),
        (
            18,
            "Almost cheerful; brought lavender.",
            "A farewell at a station. The train left and she stayed on her feet.",
        ),
    )
    for week, before, themes in dosings:
        meets(
            story,
            on(week, "mon", "10:30"),
            "dosing",
            Note(
                "kap_dosing",
                before,
                "As ordered by the prescriber and recorded in the medication record.",
                "Tears without haste; long silences. Spoke his name aloud.",
                "A hand on the shoulder, asked for, a few minutes.",
                themes,
                "Some nausea on the way down, gone after half an hour.",
                "Clear, walked to the car on her son's arm because she wanted to.",
                "Integration in the same week, on the screen.",
            ),
            minutes=140,
            people=("prescriber",),
            company="Felix, her son",
            intention="To remember him without falling",
            setting={**_ROOM, "sleep": "Six hours", "food": "Tea and toast at seven"},
        )
    stairs = Note(
        "dap",
        "Told of the stairs. At the third floor she heard the kettle. Woke on Wednesday and had not dreamt of the "
        "hospital.",
        "The falling has a floor under it now. Keeps the key on the kitchen table.",
        "Write down the flat, room by room, as long as it likes to be written.",
        addenda=(
            (timedelta(hours=21), "therapist", "She rang: it was the fourth floor. She would like that to be right."),
            (
                timedelta(days=3),
                "prescriber",
                "Nausea discussed on the phone: a light breakfast, later, suits her better.",
            ),
        ),
    )
    meets(story, on(11, "fri", "11:00"), "integration", stairs, modality="telehealth")
    amends(
        story,
        stairs,
        on(12, "mon", "09:40"),
        {
            "data": "Told of the stairs. At the fourth floor she heard the kettle. Woke on Wednesday and had not "
            "dreamt of the hospital."
        },
        "The floor was wrong; the patient asked for it to be put right.",
    )
    hours = {
        15: Note(
            "pirp",
            "Guilt about giving the shirts away.",
            "Two chairs: what she says, what he might say.",
            "'Take the blue one for Felix, and the rest is cloth.' Laughed and wept.",
            "The blue shirt goes to her son. The bench in the garden as a place to go to in the evening.",
            late_because="I was ill from Tuesday to Friday; written from that day's handwritten page.",
        ),
        19: Note(
            "kap_integration",
            "Ten calm days. One bad evening, on their wedding day.",
            "The station; staying on her feet.",
            "Weight in the legs when she tells it: 'as if planted'.",
            "'I am the one who stays, and I can do that.'",
            "Her son asks for stories about his father; she tells them.",
            "A stone for the grave, chosen by herself.",
            "The bench most evenings; writing on Sundays.",
            "No questionnaire today.",
            "Asked about risk: none voiced.",
            "Sessions once a month from here.",
        ),
        28: Note(
            "narrative",
            "Juniper read three pages from the flat: kitchen, corridor, the room with the piano nobody could play. Her "
            "voice held. She said that remembering is work she likes. The stone has been chosen, grey, with room for "
            "two names, which does not frighten her. No risk was voiced.",
        ),
        34: Note(
            "dap",
            "Has taken the train to her sister, alone, with a book.",
            "Lives with it. The evening is an evening again.",
            "One more hour in six weeks, then goodbye for now.",
        ),
    }
    for week, note in hours.items():
        meets(story, on(week, "mon", "11:00"), "integration", note, modality="telehealth")
    calls_off(
        story,
        on(24, "mon", "11:00"),
        "follow_up",
        on(24, "mon", "08:50"),
        "Grandchild has a fever; a week later",
        minutes=30,
    )
    meets(
        story,
        on(25, "mon", "11:00"),
        "follow_up",
        Note(
            "soap",
            "Eats and sleeps well. Nothing to report since the last session.",
            "Lively; the cat walks through the picture.",
            "Nothing to follow up medically.",
            "My part ends here; I leave the care team today and can be asked back.",
            by="prescriber",
        ),
        minutes=25,
        modality="telehealth",
        people=("prescriber",),
    )
    story.leaves(on(25, "mon", "12:15"), "prescriber")
    meets(
        story,
        on(40, "mon", "11:00"),
        "follow_up",
        Note(
            "dap",
            "Last hour. Brought the finished pages, forty-one of them, and a piece of plum cake held up to the camera.",
            "She remembers him without falling. What she came for has happened.",
            "Course completed. The door stays open.",
        ),
        modality="telehealth",
        intention="To say goodbye well",
    )
    story.course_moves(on(40, "mon", "12:10"), "completed")


def _writing(story: Story) -> None:
    on = story.days.at
    reflects(
        story,
        on(11, "tue", "06:40"),
        "There was a kettle. I have not heard that kettle for eleven years and I knew it at once. I stood before the "
        "door and did not have to knock.",
        ratings=(5, 3, 4, 6, 8, 4),
        tags=("kettle", "stairs"),
        insight="I do not have to knock.",
        share=True,
        offline_for=timedelta(hours=3),
        heard=on(11, "thu", "16:30"),
        reply="Thank you, Juniper. May we begin with the door on Friday?",
        answer="Yes. I shall have tea ready.",
        added="And he was whistling. I forgot to write that he was whistling.",
    )
    reflects(
        story,
        on(14, "mon", "20:00"),
        answers={
            "larger": "The light in the cupboard when the shirts were gone.",
            "kind_words": "I would tell her that cloth may go and love is not cloth.",
            "hard": "The blue one.",
        },
        ratings=(6, 2, 4, None, 8, 3),
        share=True,
        release_at=on(15, "mon", "08:30"),
        heard=on(15, "mon", "09:30"),
    )
    reflects(
        story,
        on(17, "sun", "15:20"),
        "Our wedding day. I was cross with him all morning for not being here and told nobody. Then I made the "
        "dumplings.",
        ratings=(3, 4, 5, 5, 4, 6),
        tags=("mine", "dumplings"),
    )
    reflects(
        story,
        on(32, "sun", "17:45"),
        "On the train a young man asked whether the seat was taken. I said no and it was true and I did not mind.",
        ratings=(8, 1, 7, 7, 8, 1),
        share=True,
        heard=on(34, "mon", "10:40"),
        reply="I read this with joy.",
    )
