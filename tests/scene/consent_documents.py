"""Consent documents: of research, since no other request of the scene hangs on that consent."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    text = {"title": s.word("library-title"), "text": s.word("library-consent")}
    return {"purpose": "research", "needs_new_signature": True, "texts": [{"language": "en", **text}]}


async def _publish(s: Scene) -> Json:
    """The next version, which ends the one before."""
    made: Json = await s.people["admin"].post("/consent-documents", _body(s))
    return made


@planted
async def consent_document(s: Scene) -> None:
    """Publish a version that is retired, and one that is in force."""
    s.ids["consent_document_id"] = (await _publish(s))["id"]
    await _publish(s)


reads("list_consent_documents", "patient", "/consent-documents?purpose=research")
reads("list_consent_documents (retired)", "admin", "/consent-documents?retired=true")
reads("read_consent_document", "patient", "/consent-documents/{consent_document_id}")


@operation("publish_consent_document")
async def _(s: Scene) -> Request:
    return Request(s.people["admin"], "POST", "/consent-documents", _body(s))


@operation("retire_consent_document")
async def _(s: Scene) -> Request:
    path = f"/consent-documents/{(await _publish(s))['id']}/retire"
    return Request(s.people["admin"], "POST", path, None, 1)
