"""QuestionnaireResponse: answers to an instrument, and what a patient wrote in a reflection."""

from collections.abc import Iterator

from integration_api.fhir.elements import HERE, Json, coding, instant, meta, patient_reference, reference
from integration_api.resources.journal.reflections.fragments import Fragment
from integration_api.resources.journal.reflections.schemas import Reflection
from integration_api.resources.journal.reflections.tables import ReflectionState
from integration_api.resources.measures.measure_responses.rules import Respondent, ResponseState
from integration_api.resources.measures.measure_responses.schemas import MeasureResponse


def measure_answers(found: MeasureResponse) -> Json:
    """Return the QuestionnaireResponse of one set of answers. It has no wording: that may be under a licence."""
    status = "completed" if found.state is ResponseState.COMPLETED else "in-progress"
    subject = patient_reference(found.patient_id)
    return {
        "resourceType": "QuestionnaireResponse",
        "id": f"measure-{found.id}",
        "meta": meta(found),
        "questionnaire": f"{HERE}:instrument:{found.instrument_id}|{found.instrument_version}",
        "status": "entered-in-error" if found.withdrawn_at else status,
        "subject": subject,
        "encounter": reference("Encounter", found.session_id),
        "authored": instant(found.happened_at),
        "source": subject if found.respondent is Respondent.PATIENT else None,
        "item": [
            {"linkId": item, "answer": [_answer(found.instrument_id, value)]}
            for item, value in found.answers.items()
            if value is not None
        ],
    }


def _answer(instrument_id: str, value: int | str) -> Json:
    if isinstance(value, int):
        return {"valueInteger": value}
    return {"valueCoding": coding(f"{HERE}:answer:{instrument_id}", value)}


def reflection_answers(found: Reflection) -> Json:
    """Return the QuestionnaireResponse of a reflection: the patient is its subject, author and source."""
    edited = "amended" if found.edited_at else "completed"
    patient = patient_reference(found.patient_id)
    return {
        "resourceType": "QuestionnaireResponse",
        "id": f"reflection-{found.id}",
        "meta": meta(found),
        "questionnaire": f"{HERE}:prompt-set:{found.prompt_set}|{found.prompt_set_version or 1}"
        if found.prompt_set
        else None,
        "status": "in-progress" if found.state is ReflectionState.DRAFT else edited,
        "subject": patient,
        "encounter": reference("Encounter", found.session_id),
        "authored": instant(found.happened_at),
        "author": patient,
        "source": patient,
        "item": [*_items(found)],
    }


def _items(found: Reflection) -> Iterator[Json]:
    if found.text:
        yield _item("text", {"valueString": found.text})
    for answer in found.answers:
        yield _item(f"answer.{answer['prompt_id']}", {"valueString": answer["text"]})
    for name, value in (found.ratings or {}).items():
        if value is not None:
            yield _item(f"rating.{name}", {"valueInteger": value})
    if found.tags:
        yield _item("tags", *({"valueString": tag} for tag in found.tags))
    if found.insights:
        yield _item("insights", *({"valueString": insight["text"]} for insight in found.insights))
    if found.safety:
        yield _item("safety", {"valueCoding": coding(f"{HERE}:safety", found.safety)})
    if found.contact_me:
        yield _item("contact-me", {"valueBoolean": True})
    if found.fragment:
        yield from _fragment_items(found.fragment)


def _fragment_items(fragment: Fragment) -> Iterator[Json]:
    if fragment["word"]:
        yield _item("fragment.word", {"valueString": fragment["word"]})
    for name, value in (fragment["mood"] or {}).items():
        yield _item(f"fragment.{name}", {"valueInteger": value})
    for point in fragment["regions"]:
        yield _item(f"fragment.region.{point['region']}", {"valueInteger": point["intensity"]})
    music = fragment["music"]
    if music:
        yield _item("fragment.music", {"valueString": music["title"]})
        if music["at_seconds"] is not None:
            yield _item("fragment.music-seconds", {"valueInteger": music["at_seconds"]})


def _item(link: str, *answers: Json) -> Json:
    return {"linkId": link, "answer": list(answers)}
