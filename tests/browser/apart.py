"""What the second demo clinic has: documents to sign, questionnaires in words of its own, means to tell people."""

from datetime import UTC, datetime, timedelta

from tests.browser.clinic import ADA, NOOR, TOBIAS, Clinic, Json
from tests.factories.instruments import definition
from tests.processes import free_port

MEANS = {
    "INTEGRATION_API_PUSH_CONTACT": "mailto:nobody@example.org",
    "INTEGRATION_API_SMTP_HOST": "127.0.0.1",
    "INTEGRATION_API_SMTP_PORT": str(free_port()),
    "INTEGRATION_API_SMTP_SECURITY": "none",
    "INTEGRATION_API_MAIL_FROM": "journal@example.org",
    "INTEGRATION_API_EXPORT_SECONDS": "1",
}
"""E-mail is offered, and none arrives: nobody listens at that port."""
_ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
OFTEN = ["Never", "On some days", "On most days", "Every day"]
SLEEP = [
    "How often did you sleep too little?",
    "How often were you tired when you got up?",
    "How often did you wake at night?",
]
TREATMENT = (
    "You can be given a medicine here.\n\nIt can make you feel far away for some hours. Somebody stays with you."
)
TRATAMIENTO = "Aquí se le puede dar una medicina."


def sleep_words() -> Json:
    """A questionnaire that words the clinic's own scale of sleep."""
    options = [
        {
            "valueCoding": {
                "code": str(value),
                "display": text,
                "extension": [{"url": _ORDINAL, "valueDecimal": value}],
            }
        }
        for value, text in enumerate(OFTEN)
    ]
    items = [
        {"linkId": f"own_sleep.{number}", "type": "choice", "text": text, "answerOption": options}
        for number, text in enumerate(SLEEP, start=1)
    ]
    return {"resourceType": "Questionnaire", "status": "active", "title": "Your nights", "item": items}


def mood_words() -> Json:
    """Invented questions for an instrument of the product; the answers are numbers."""
    named = [*(f"phq9.{number}" for number in range(1, 10)), "phq9.difficulty"]
    items = [{"linkId": one, "type": "decimal", "text": f"An invented question, {one}."} for one in named]
    return {"resourceType": "Questionnaire", "status": "active", "title": "Invented questions", "item": items}


def equip(clinic: Clinic) -> None:
    """Let the clinic publish documents, word questionnaires, and ask them after each dose."""
    admin = clinic.staff(ADA)
    line = {"id": "own_rest.1", "topic": "How rested are you?", "min": 0, "max": 100}
    score = {**definition()["scores"][0], "items": ["own_rest.1"], "max": 100, "missing": {"rule": "none_may_miss"}}
    rest = {"id": "own_rest", "name": "Rest", "items": [line], "scores": [score], "bands": []}
    admin.ask("POST", "/instruments", {"definition": definition(recall_days=7)})
    admin.ask("POST", "/instruments", {"definition": definition(**rest)})
    for instrument, words in (("own_sleep", sleep_words()), ("phq9", mood_words())):
        note = {"instrument_id": instrument, "language": "en", "licence_note": "Invented for a test."}
        admin.ask("POST", "/instruments", {"questionnaire": words, **note})
    protocol = admin.ask("GET", "/clinic/protocol")
    steps = [{**one, "measures": ["own_sleep", "phq9", "own_rest"]} for one in protocol["steps"] if one["id"] == "t24"]
    admin.ask("PUT", "/clinic/protocol", {"steps": steps}, protocol["version"])
    publish(clinic, "treatment")
    publish(clinic, "research")


def publish(clinic: Clinic, purpose: str, **facts: object) -> Json:
    """The next version of a document, in two languages."""
    texts = [
        {"language": "en", "title": f"Consent to {purpose}", "text": TREATMENT},
        {"language": "es", "title": f"Consentimiento: {purpose}", "text": TRATAMIENTO},
    ]
    made: Json = clinic.staff(ADA).ask("POST", "/consent-documents", {"purpose": purpose, "texts": texts, **facts})
    return made


def give_dose(clinic: Clinic, email: str, ago: timedelta) -> str:
    """Give a patient of Tobias's a dose some time ago, and complete the session; its id."""
    staff = clinic.staff(TOBIAS)
    chart = clinic.member(email).ask("GET", "/me")["patient_id"]
    given = (datetime.now(UTC) - ago).isoformat()
    people = [{"role": "therapist", "name": "Tobias Example", "account_id": staff.id}]
    facts = {"patient_id": chart, "phase": "dosing", "modality": "in_person", "planned_start_at": given}
    made = staff.ask("POST", "/sessions", {**facts, "people": people, "intention": "To rest."})
    path = f"/sessions/{made['id']}"
    staff.ask("POST", f"{path}/start", {"started_at": given}, made["version"])
    body = {"route": "im", "amount": 60, "weight_kg": 70, "given_while_held": True, "given_at": given}
    staff.ask("POST", f"{path}/doses", body)
    clinic.staff(NOOR).ask("POST", f"{path}/discharge/override", {"reason": "An invented reason."}, 0)
    staff.ask("POST", f"{path}/complete", {}, staff.ask("GET", path)["version"])
    session_id: str = made["id"]
    return session_id
