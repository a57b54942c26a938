"""The mappers, without a database: what a row says, in the elements that FHIR has for it."""

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from pydantic import BaseModel

from integration_api.access.tables import CareTeamBasis, CareTeamRole
from integration_api.core.ids import new_id
from integration_api.core.models import trusted
from integration_api.fhir.elements import period, pruned
from integration_api.fhir.identifiers import joined, parted
from integration_api.fhir.mappers.careteam import care_team
from integration_api.fhir.mappers.medications import medication_administration
from integration_api.fhir.served_types import ROUTES, TYPES
from integration_api.resources.care.adverse_events.schemas import AdverseEvent
from integration_api.resources.care.doses.schemas import Dose
from integration_api.resources.care.orders.limits import DoseRoute, DoseUnit
from integration_api.resources.journal.notes.schemas import Note, NoteItem
from integration_api.resources.people.patients.schemas import CareTeamMember
from tests.fhir.rows import written
from tests.support import Json

AT = datetime(2026, 11, 20, 15, 4, tzinfo=UTC)
_STORED = {"id": new_id(), "created_at": AT, "updated_at": AT, "version": 3}


def member(basis: CareTeamBasis) -> CareTeamMember:
    facts = {
        "patient_id": new_id(),
        "account_id": new_id(),
        "role": CareTeamRole.THERAPIST,
        "basis": basis,
        "name": "Imani Vale",
        "started_at": AT,
        "ended_at": None,
        "ends_at": AT + timedelta(days=30),
    }
    return trusted(CareTeamMember, {**_STORED, **facts})


def test_emergency_access_is_no_membership() -> None:
    patient_id, regular = new_id(), member(CareTeamBasis.TEAM)
    found = written(care_team(patient_id, [member(CareTeamBasis.EMERGENCY), regular]))
    assert [one["member"]["reference"] for one in found["participant"]] == [f"Practitioner/{regular.account_id}"]
    assert found["participant"][0]["period"] == {"start": "2026-11-20T15:04:00Z", "end": "2026-12-20T15:04:00Z"}


def of_source(kind: str, facts: Json, number: int = 0) -> Json:
    """Return the resource of a type, made of a row of which a test says a part."""
    source = TYPES[kind][number]
    models: dict[str, type[BaseModel]] = {"AdverseEvent": AdverseEvent, "DocumentReference": NoteItem}
    model = models[kind]
    blank = dict.fromkeys(model.model_fields)
    return written(source.mapped(trusted(model, {**blank, **_STORED, **facts})))


def adverse(**facts: object) -> Json:
    from_words = {"kind": "vomiting", "severity": "severe", "relatedness": "probable", "outcome": "unknown"}
    fields = AdverseEvent.model_fields
    known: Json = {name: fields[name].annotation(value) for name, value in from_words.items()}  # type: ignore[misc]  # enumerations
    known |= {"patient_id": new_id(), "session_id": new_id(), "onset_at": AT, "known_at": AT, "serious_because": []}
    return of_source("AdverseEvent", {**known, **facts})


def test_an_adverse_event_that_was_withdrawn_says_so() -> None:
    assert "modifierExtension" not in adverse()
    [told] = adverse(withdrawn_at=AT)["modifierExtension"]
    assert told == {"url": "urn:integration-journal:withdrawn", "valueBoolean": True}


def test_a_dose_is_a_number_with_its_unit_and_its_route() -> None:
    blank = dict.fromkeys(Dose.model_fields)
    facts = {"patient_id": new_id(), "session_id": new_id(), "given_at": AT, "route": DoseRoute.IV_INFUSION}
    row = trusted(Dose, {**blank, **_STORED, **facts, "amount": 72.5, "unit": DoseUnit.MG, "infusion_minutes": 40})
    found = written(medication_administration(row))
    assert found["dosage"]["dose"] == {"value": 72.5, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
    assert found["dosage"]["route"]["coding"][0]["code"] == "47625008"
    assert found["effectivePeriod"] == {"start": "2026-11-20T15:04:00Z", "end": "2026-11-20T15:44:00Z"}


def test_a_note_is_inline_and_a_list_says_that_addenda_are_missing() -> None:
    fields = NoteItem.model_fields
    facts: Json = {
        "patient_id": new_id(),
        "session_id": new_id(),
        "author_id": new_id(),
        "happened_at": AT,
        "state": fields["state"].annotation("signed"),  # type: ignore[misc]  # an enumeration
        "format": fields["format"].annotation("dap"),  # type: ignore[misc]  # an enumeration
        "sections": {"data": "<script>alert(1)</script>", "plan": " "},
        "addenda_count": 1,
        "disagreements": [{"id": uuid4(), "at": AT, "text": "I did not say that."}],
    }
    found = of_source("DocumentReference", facts)
    texts = [base64.b64decode(one["attachment"]["data"]).decode() for one in found["content"]]
    assert texts == ["Data\n<script>alert(1)</script>", "I did not say that."]
    assert found["meta"]["tag"][0]["code"] == "SUBSETTED"
    whole = trusted(Note, {**dict.fromkeys(Note.model_fields), **_STORED, **facts, "addenda": []})
    assert "tag" not in written(TYPES["DocumentReference"][0].mapped(whole))["meta"]


def test_what_fhir_refuses_is_left_out_or_replaced() -> None:
    made: Json = {
        "a": None,
        "b": [],
        "c": {},
        "d": "",
        "e": " \u200b",
        "f": "x\x1b[31m\x00\t\r\n",
        "g": [None, {"h": []}],
        "i": 0,
    }
    assert pruned(made) == {"f": "x\ufffd[31m\ufffd\t\r\n", "i": 0}
    assert pruned({"no": False}) == {"no": False}


def test_a_period_never_ends_before_it_starts() -> None:
    assert period(AT, AT - timedelta(seconds=1)) == {"start": "2026-11-20T15:04:00Z", "end": None}
    assert period(AT, AT + timedelta(microseconds=1)) is not None
    assert period(None, None) is None


def test_two_ids_in_one_have_one_spelling() -> None:
    first, second = new_id(), new_id()
    text = joined(first, second)
    assert len("vital-" + text) <= 64
    assert parted(text, 2) == (first, second)
    assert parted(str(first), 1) == (first,)
    for wrong in (text.upper(), text[:-1], f"{text}a", f"{first}-{second}", f"-{text}"):
        assert parted(wrong, 2) is None
    ends = [parted(text[:-1] + end, 2) for end in "abcdefghijklmnopqrstuvwxyz234567"]
    assert sum(found is not None for found in ends) == 8, "two of the last five bits are beyond the id"
    assert parted(text, 1) is None


def test_no_type_is_of_a_psychotherapy_note() -> None:
    """Nor of anything else that is confidential: its rows of the ledger are shown to nobody."""
    behind = {name for sources in TYPES.values() for source in sources for name in (source.lists, source.reads) if name}
    assert behind <= ROUTES.keys()
    assert not [name for name in behind if "psychotherapy" in name or ROUTES[name].operation.is_confidential]
    assert "psychotherapy" not in json.dumps([*TYPES])


def test_no_type_is_behind_an_operation_that_changes_anything() -> None:
    for sources in TYPES.values():
        for source in sources:
            for name in (source.lists, source.reads):
                assert name is None or ROUTES[name].methods == {"GET"}
