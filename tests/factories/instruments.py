"""Instruments of a clinic's own, and questionnaires that word one. All of it is invented."""

from integration_api.resources.measures.instruments.catalogue import instruments
from tests.support import Json, Person


def definition(**changes: object) -> Json:
    """A short scale of sleep that a clinic defines."""
    items = [
        {"id": f"own_sleep.{number}", "topic": topic, "min": 0, "max": 3}
        for number, topic in enumerate(("length", "rest", "waking"), start=1)
    ]
    return {
        "id": "own_sleep",
        "name": "Sleep of our clinic",
        "kind": "self_report",
        "measures": "sleep",
        "direction": "higher_is_worse",
        "recall": "1 week",
        "items": items,
        "scores": [
            {
                "id": "total",
                "method": "sum",
                "items": [one["id"] for one in items],
                "min": 0,
                "max": 9,
                "missing": {"rule": "prorated", "max_missing": 1},
            }
        ],
        "bands": [
            {"score": "total", "label": "good", "min": 0, "max": 4},
            {"score": "total", "label": "poor", "min": 5, "max": 9},
        ],
        "changes": [
            {
                "id": "response",
                "score": "total",
                "all_of": [{"value": "percent_drop", "comparison": "at_least", "limit": 50}],
            }
        ],
        **changes,
    }


async def defined(admin: Person, **changes: object) -> Json:
    """An instrument of the clinic's own."""
    made: Json = await admin.post("/instruments", {"definition": definition(**changes)})
    return made


def questionnaire(instrument_id: str = "phq9", words: str = "A question about") -> Json:
    """A Questionnaire that words an instrument of the product, with answers of integers."""
    instrument = instruments()[instrument_id]
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "title": "Invented wording",
        "item": [
            {
                "linkId": "group",
                "type": "group",
                "item": [
                    {
                        "linkId": f"/{one.loinc}" if one.loinc else one.id,
                        "type": "choice",
                        "text": f"{words} {one.topic}.",
                        "answerOption": [
                            {"valueInteger": answer} for answer in range(one.min or 0, (one.max or 0) + 1)
                        ],
                    }
                    for one in instrument.items
                ],
            },
            {"linkId": "thanks", "type": "display", "text": "Thank you."},
        ],
    }


def wording(given: Json | None = None, **changes: object) -> Json:
    """The body of an import."""
    facts: Json = {"instrument_id": "phq9", "language": "en", "licence_note": "Invented for a test."}
    return {"questionnaire": given or questionnaire(), **facts, **changes}
