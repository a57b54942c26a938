"""Notes as Composition and Provenance, consents, flags and replies: what a row says, without a database."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from integration_api.core.ids import new_id
from integration_api.core.models import trusted
from integration_api.fhir.identifiers import parted
from integration_api.fhir.mappers.communication import reply_communication
from integration_api.fhir.mappers.composition import composition
from integration_api.fhir.mappers.consent import consent
from integration_api.fhir.mappers.flag import flag
from integration_api.fhir.mappers.provenance import is_signed, note_provenance
from integration_api.resources.attention.flags.rules import FlagSeverity, FlagState
from integration_api.resources.attention.flags.schemas import Flag
from integration_api.resources.care.consents.schemas import Consent
from integration_api.resources.journal.notes.schemas import NoteItem
from integration_api.resources.journal.notes.tables import NoteFormat, NoteState
from integration_api.resources.journal.reflections.reply_schemas import Reply
from integration_api.resources.people.consent_documents.tables import ConsentMode, ConsentPurpose
from tests.fhir.rows import written
from tests.fhir.validators import findings
from tests.support import Json

AT = datetime(2026, 11, 20, 15, 4, tzinfo=UTC)
HASH = "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7"
PATIENT, AUTHOR, SUPERVISOR = new_id(), new_id(), new_id()


def row(model: type[BaseModel], **facts: object) -> Any:
    stored: Json = {"id": new_id(), "created_at": AT, "updated_at": AT, "version": 3, "patient_id": PATIENT}
    return trusted(model, {**dict.fromkeys(model.model_fields), **stored, **facts})


def signature(account_id: UUID, name: str, at: datetime) -> Json:
    return {"at": at, "account_id": account_id, "name": name, "credential": "LMFT", "attestation": "I wrote it."}


def note(**facts: object) -> Any:
    known: Json = {
        "session_id": new_id(),
        "author_id": AUTHOR,
        "happened_at": AT,
        "state": NoteState.SIGNED,
        "format": NoteFormat.DAP,
        "sections": {"data": "<script>alert(1)</script>\nnext & last", "assessment": " ", "plan": "Rest."},
        "addenda_count": 0,
        "disagreements": [{"id": new_id(), "at": AT, "text": "I did not say that."}],
        "content_sha256": HASH,
        "signature": signature(AUTHOR, "Imani Vale", AT),
    }
    return row(NoteItem, **(known | facts))


def test_a_composition_has_the_sections_that_have_a_text_and_no_markup_of_theirs() -> None:
    found = written(composition(note()))
    assert findings(found) == []
    assert [part["title"] for part in found["section"]] == ["Data", "Plan", "Statement of disagreement"]
    text = "&lt;script&gt;alert(1)&lt;/script&gt;<br/>next &amp; last"
    assert found["section"][0]["text"]["div"] == f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div>'
    assert (found["status"], found["attester"][0]["party"]["display"]) == ("final", "Imani Vale")
    draft = written(composition(note(state=NoteState.DRAFT, signature=None)))
    assert ("attester" in draft, draft["status"]) == (False, "preliminary")


def test_a_provenance_has_each_signature_with_the_digest_of_what_was_signed() -> None:
    assert not is_signed(note(signature=None))
    later = AT + timedelta(days=1)
    found = written(note_provenance(note(cosignature=signature(SUPERVISOR, "Noor Haddad", later))))
    assert findings(found) == []
    assert found["recorded"] == "2026-11-21T15:04:00Z"
    assert [one["who"]["reference"] for one in found["signature"]] == [
        f"Practitioner/{AUTHOR}",
        f"Practitioner/{SUPERVISOR}",
    ]
    assert {base64.b64decode(one["data"]).decode() for one in found["signature"]} == {HASH}
    assert [one["reference"].partition("/")[0] for one in found["target"]] == ["DocumentReference", "Composition"]


def test_a_consent_is_active_while_it_is_the_last_and_was_not_withdrawn() -> None:
    facts: Json = {
        "purpose": ConsentPurpose.SHARING,
        "mode": ConsentMode.PAPER,
        "document_id": new_id(),
        "text_sha256": HASH,
        "signed_at": AT,
        "created_by_id": AUTHOR,
    }
    given = written(consent(row(Consent, **facts, is_last=True)))
    assert findings(given) == []
    assert (given["status"], given["scope"]["coding"][0]["code"]) == ("active", "patient-privacy")
    assert given["extension"][2]["valueReference"]["reference"] == f"Practitioner/{AUTHOR}"
    withdrawn = written(consent(row(Consent, **facts, is_last=True, withdrawn_at=AT + timedelta(days=1))))
    assert (withdrawn["status"], withdrawn["provision"]["period"]["end"]) == ("inactive", "2026-11-21T15:04:00Z")
    assert written(consent(row(Consent, **facts, is_last=False)))["status"] == "inactive"


def test_a_flag_is_active_until_it_is_closed_and_has_no_words_of_anybody() -> None:
    facts: Json = {
        "rule": "R1",
        "title": "The patient asks for help",
        "severity": FlagSeverity.HIGH,
        "state": FlagState.OPEN,
        "alerted_at": AT,
    }
    found = written(flag(row(Flag, **facts)))
    assert findings(found) == []
    assert (found["status"], found["code"]["coding"][0]["code"]) == ("active", "R1")
    assert written(flag(row(Flag, **facts, closed_at=AT)))["status"] == "inactive"


def test_a_reply_is_about_its_reflection_and_from_whom_wrote_it() -> None:
    reflection_id = new_id()
    facts: Json = {"reflection_id": reflection_id, "author_id": AUTHOR, "text": "Thank you."}
    reply = row(Reply, **facts, is_patient=False)
    found = written(reply_communication(reply))
    assert findings(found) == []
    assert found["about"][0]["reference"] == f"QuestionnaireResponse/reflection-{reflection_id}"
    assert found["sender"]["reference"] == f"Practitioner/{AUTHOR}"
    assert parted(found["id"], 2) == (reflection_id, reply.id)
    own = written(reply_communication(row(Reply, **facts, is_patient=True)))
    assert own["sender"]["reference"] == f"Patient/{PATIENT}"
