"""Consent documents and signatures for tests."""

from tests.support import Json, Person

TEXT = "You will be given ketamine."


async def published(admin: Person, purpose: str, text: str = TEXT, **facts: object) -> Json:
    """A version of a document in English, in force from now on."""
    texts = [{"language": "en", "title": f"Consent to {purpose}", "text": text}]
    made: Json = await admin.post("/consent-documents", {"purpose": purpose, "texts": texts, **facts})
    return made


def named(document: Json, language: str = "en") -> Json:
    """The part of a signature that names the text that was shown."""
    [shown] = [one for one in document["texts"] if one["language"] == language]
    return {"document_id": document["id"], "language": language, "text_sha256": shown["text_sha256"]}


async def signed(patient: Person, document: Json, expect: int = 201) -> Json:
    """The patient's signature of a version."""
    made: Json = await patient.post("/consents", named(document), expect=expect)
    return made


async def withdrawn(person: Person, consent: Json, expect: int = 200) -> Json:
    """A consent that this person withdraws."""
    path = f"/consents/{consent['id']}/withdraw"
    made: Json = await person.post(path, match=consent["version"], expect=expect)
    return made
