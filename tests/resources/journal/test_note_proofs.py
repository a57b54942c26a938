"""The proof of a signed note: who may have it, when, that it holds, and that nothing in it can be altered."""

import copy
import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.app import sealer_of
from integration_api.ledger.proof import ProofBroken
from integration_api.ledger.seal import Signer, head_of, leaf_of, root_from
from integration_api.ledger.tables import SealRow
from integration_api.resources.journal.notes.proof_check import check_note_proof
from integration_api.resources.journal.notes.rules import SignedAs, signature_sha256
from integration_api.storage.database import Prepared
from tests.factories import notes
from tests.support import Api, Json, Person, World


async def seal(world: World) -> None:
    await sealer_of(world.api.runtime).seal(world.clinic_id)


async def signed(world: World) -> tuple[Person, Person, Json]:
    """A therapist, their patient, and a signed note whose signature is sealed among other rows."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    note = await notes.signed_note(therapist, world.chart_id(patient))
    for _ in range(6):
        await therapist.get(f"/notes/{note['id']}")
    await seal(world)
    return therapist, patient, note


def keys(seals: list[SealRow]) -> set[bytes]:
    return {one.public_key for one in seals}


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/notes/{uuid4()}/proof")).status_code == 401


@pytest.mark.thorough
async def test_it_is_for_who_may_read_the_note(world: World) -> None:
    therapist, patient, note = await signed(world)
    path = f"/notes/{note['id']}/proof"
    for person in (therapist, patient):
        await person.get(path)
    for stranger in (await world.therapist(), await world.patient_of(therapist)):
        await stranger.get(path, expect=404)
    for role in (Role.AUDITOR, Role.CLINIC_ADMIN, Role.PRIVACY_OFFICER):
        await (await world.staff(role)).get(path, expect=403)
    await therapist.get(f"/notes/{uuid4()}/proof", expect=404)
    body = {
        "state": "withheld",
        "reason_code": "other_legal",
        "until": (world.api.clock() + timedelta(days=90)).isoformat(),
    }
    await therapist.put(f"/notes/{note['id']}/sharing", body, note["version"])
    await patient.get(path, expect=404)


@pytest.mark.thorough
async def test_it_tells_who_signed_what_and_where_the_ledger_says_so(world: World) -> None:
    therapist, patient, note = await signed(world)
    proof = await patient.get(f"/notes/{note['id']}/proof")
    [one] = proof["signatures"]
    assert (proof["note_id"], proof["content_sha256"]) == (note["id"], note["content_sha256"])
    assert (one["signed_as"], one["account_id"], one["name"], one["credential"]) == (
        "author",
        therapist.id,
        "Imani Vale",
        "LMFT",
    )
    assert one["at"] == one["entry"]["at"] == note["signature"]["at"]
    assert (one["entry"]["event"], one["entry"]["actor_id"], one["entry"]["subject_id"]) == (
        "note.signed",
        therapist.id,
        note["id"],
    )
    assert len(one["path"]) >= 3
    text = json.dumps(proof)
    assert not any(words in text for words in note["sections"].values()), "it holds no word of the note"
    seals = check_note_proof(proof, await patient.get(f"/notes/{note['id']}"))
    assert keys(seals) == {sealer_of(world.api.runtime).signer.public_key}


async def test_before_its_batch_is_sealed_it_says_when_to_come_again(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    note = await notes.signed_note(therapist, chart)
    answer = await therapist.send("GET", f"/notes/{note['id']}/proof")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (409, "not-sealed-yet", "10")
    await seal(world)
    await therapist.get(f"/notes/{note['id']}/proof")


async def test_a_draft_has_none(world: World) -> None:
    therapist = await world.therapist()
    draft = await notes.draft(therapist, world.chart_id(await world.patient_of(therapist)))
    answer = await therapist.send("GET", f"/notes/{draft['id']}/proof")
    assert (answer.status_code, answer.json()["code"]) == (409, "note-not-signed")


@pytest.mark.thorough
async def test_a_cosigned_note_has_both_signatures(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    supervisor = await notes.supervisor_of(world, therapist, world.chart_id(patient))
    note = await notes.signed_note(therapist, world.chart_id(patient), needs_cosign=True)
    await seal(world)
    waiting = await therapist.get(f"/notes/{note['id']}/proof")
    assert [one["signed_as"] for one in waiting["signatures"]] == ["author"]
    await supervisor.post(f"/notes/{note['id']}/cosign", expect=200, match=note["version"])
    await therapist.get(f"/notes/{note['id']}/proof", expect=409)
    await seal(world)
    proof = await patient.get(f"/notes/{note['id']}/proof")
    assert [(one["signed_as"], one["account_id"]) for one in proof["signatures"]] == [
        ("author", therapist.id),
        ("cosigner", supervisor.id),
    ]
    assert len(check_note_proof(proof, await patient.get(f"/notes/{note['id']}"))) == 2
    with pytest.raises(ProofBroken):
        check_note_proof({**proof, "signatures": proof["signatures"][:1]}, await patient.get(f"/notes/{note['id']}"))
    with pytest.raises(ProofBroken):
        check_note_proof({**proof, "signatures": proof["signatures"][::-1]})


@pytest.mark.thorough
async def test_an_amended_note_is_proven_as_it_stands_now(world: World) -> None:
    therapist, patient, note = await signed(world)
    old = await patient.get(f"/notes/{note['id']}/proof")
    body = {"sections": notes.sections(plan="Something else."), "reason": "It was not so."}
    await therapist.post(f"/notes/{note['id']}/amendments", body, expect=200, match=note["version"])
    await patient.get(f"/notes/{note['id']}/proof", expect=409)
    await seal(world)
    new, shown = await patient.get(f"/notes/{note['id']}/proof"), await patient.get(f"/notes/{note['id']}")
    assert new["signatures"][0]["entry"]["event"] == "note.amended"
    check_note_proof(new, shown)
    check_note_proof(old)
    with pytest.raises(ProofBroken):
        check_note_proof(old, shown)


async def test_a_signature_that_was_altered_has_no_proof(world: World) -> None:
    """Changed in the database: the ledger holds no row with that digest."""
    therapist, _, note = await signed(world)
    statement = "UPDATE notes SET attestation = 'x' WHERE id = "
    driver: Any = world.api.runtime.database.driver
    note_id = UUID(note["id"]).hex if driver.dialect == "sqlite" else note["id"]
    await driver.apply([_prepared(f"{statement}'{note_id}'")])
    answer = await therapist.send("GET", f"/notes/{note['id']}/proof")
    assert (answer.status_code, answer.json()["code"]) == (409, "not-provable")


def _prepared(query: str) -> Any:
    return Prepared(query, (), 1)


@pytest.mark.thorough
async def test_reading_it_is_recorded(world: World) -> None:
    therapist, _, note = await signed(world)
    await therapist.get(f"/notes/{note['id']}/proof")
    [row] = (await (await world.staff(Role.AUDITOR)).get("/ledger", params={"event": "note.proof_read"}))["items"]
    assert (row["actor_id"], row["subject_id"]) == (therapist.id, note["id"])


# ── alterations ──


def one(proof: Json) -> Json:
    found: Json = proof["signatures"][0]
    return found


def of_proof(change: Callable[[Json], object]) -> Callable[[Json, Json], object]:
    return lambda proof, _note: change(proof)


def of_note(change: Callable[[Json], object]) -> Callable[[Json, Json], object]:
    return lambda _proof, note: change(note)


def flip(text: str) -> str:
    return text[:-1] + ("0" if text[-1] != "0" else "1")


ALTERATIONS: dict[str, Callable[[Json, Json], object]] = {
    "another note": of_proof(lambda p: p.update(note_id=str(uuid4()))),
    "another patient": of_proof(lambda p: p.update(patient_id=str(uuid4()))),
    "another content hash": of_proof(lambda p: p.update(content_sha256=flip(p["content_sha256"]))),
    "another signer": of_proof(lambda p: one(p).update(account_id=str(uuid4()))),
    "another name": of_proof(lambda p: one(p).update(name="Noor Brook")),
    "no name": of_proof(lambda p: one(p).update(name=None)),
    "another credential": of_proof(lambda p: one(p).update(credential="MD")),
    "another attestation": of_proof(lambda p: one(p).update(attestation="I saw nothing.")),
    "another time": of_proof(lambda p: one(p).update(at="2026-11-01T09:00:00Z")),
    "another time in both": of_proof(
        lambda p: (one(p).update(at="2026-11-01T09:00:00Z"), one(p)["entry"].update(at="2026-11-01T09:00:00Z"))
    ),
    "signed as another": of_proof(lambda p: one(p).update(signed_as="cosigner")),
    "another event": of_proof(lambda p: one(p)["entry"].update(event="note.amended")),
    "another actor": of_proof(lambda p: one(p)["entry"].update(actor_id=str(uuid4()))),
    "another role": of_proof(lambda p: one(p)["entry"].update(actor_role="prescriber")),
    "another request": of_proof(lambda p: one(p)["entry"].update(request_id="x")),
    "another row": of_proof(lambda p: one(p)["entry"].update(id=str(uuid4()))),
    "another clinic": of_proof(lambda p: one(p)["entry"].update(clinic_id=str(uuid4()))),
    "private": of_proof(lambda p: one(p)["entry"].update(is_private=True)),
    "another digest": of_proof(lambda p: one(p)["entry"].update(digest=flip(one(p)["entry"]["digest"]))),
    "another leaf": of_proof(lambda p: one(p).update(leaf=flip(one(p)["leaf"]))),
    "another place": of_proof(lambda p: one(p).update(position=one(p)["position"] + 1)),
    "a place as text": of_proof(lambda p: one(p).update(position=str(one(p)["position"]))),
    "another hash on the path": of_proof(lambda p: one(p)["path"].__setitem__(0, flip(one(p)["path"][0]))),
    "a shorter path": of_proof(lambda p: one(p)["path"].pop()),
    "a longer path": of_proof(lambda p: one(p)["path"].append(one(p)["path"][0])),
    "a path in another order": of_proof(lambda p: one(p)["path"].reverse()),
    "a member too many": of_proof(lambda p: p.update(remark="x")),
    "a member too few": of_proof(lambda p: one(p).pop("leaf")),
    "no signature": of_proof(lambda p: p.update(signatures=[])),
    "the signature twice": of_proof(lambda p: p.update(signatures=p["signatures"] * 2)),
    "a seal with another number": of_proof(lambda p: one(p)["seal"].update(number=7)),
    "a seal with more rows": of_proof(lambda p: one(p)["seal"].update(row_count=one(p)["seal"]["row_count"] + 1)),
    "a seal at another time": of_proof(lambda p: one(p)["seal"].update(sealed_at="2026-11-01T09:00:00Z")),
    "another root": of_proof(lambda p: one(p)["seal"].update(root=flip(one(p)["seal"]["root"]))),
    "another head": of_proof(lambda p: one(p)["seal"].update(head=flip(one(p)["seal"]["head"]))),
    "another head before": of_proof(lambda p: one(p)["seal"].update(previous_head="11" * 32)),
    "another seal signature": of_proof(lambda p: one(p)["seal"].update(signature=flip(one(p)["seal"]["signature"]))),
    "another public key": of_proof(lambda p: one(p)["seal"].update(public_key=Signer(b"x" * 32).public_key.hex())),
    "another key id": of_proof(lambda p: one(p)["seal"].update(key_id="00" * 8)),
    "another word in the note": of_note(lambda n: n["sections"].update(data="It was otherwise.")),
    "a space in the note": of_note(lambda n: n["sections"].update(data=n["sections"]["data"] + " ")),
    "a section less": of_note(lambda n: n["sections"].pop("plan")),
    "another author": of_note(lambda n: n.update(author_id=str(uuid4()))),
    "another session": of_note(lambda n: n.update(session_id=str(uuid4()))),
    "another format": of_note(lambda n: n.update(format="soap")),
    "another id of the note": of_note(lambda n: n.update(id=str(uuid4()))),
    "another name in the note": of_note(lambda n: n["signature"].update(name="Noor Brook")),
    "another time in the note": of_note(lambda n: n["signature"].update(at="2026-11-01T09:00:00Z")),
    "a co-signature in the note": of_note(lambda n: n.update(cosignature=n["signature"])),
    "another hash in the note": of_note(lambda n: n.update(content_sha256=flip(n["content_sha256"]))),
}


@pytest.mark.thorough
async def test_no_alteration_passes(world: World) -> None:
    _, patient, note = await signed(world)
    proof, shown = await patient.get(f"/notes/{note['id']}/proof"), await patient.get(f"/notes/{note['id']}")
    check_note_proof(proof, shown)
    passed = []
    for name, alter in ALTERATIONS.items():
        altered = copy.deepcopy((proof, shown))
        alter(*altered)
        assert altered != (proof, shown), name
        for given in (altered, altered[:1] if altered[0] != proof else altered):  # without the note beside it too
            try:
                check_note_proof(*given)
                passed.append(name)
            except ProofBroken:
                pass
    assert passed == []
    assert len(ALTERATIONS) >= 50


async def test_every_string_and_number_of_a_proof_counts(world: World) -> None:
    """Each leaf of the document changed in turn: none is decoration."""
    _, patient, note = await signed(world)
    proof, shown = await patient.get(f"/notes/{note['id']}/proof"), await patient.get(f"/notes/{note['id']}")
    places, passed = list(_places(proof)), []
    assert len(places) > 40
    for path in places:
        altered = copy.deepcopy(proof)
        holder = altered
        for step in path[:-1]:
            holder = holder[step]
        value = holder[path[-1]]
        other = {bool: True, int: 10**6, type(None): "x"}.get(type(value), _other_text(str(value)))
        holder[path[-1]] = other if other != value else not value
        try:
            check_note_proof(altered, shown)
        except ProofBroken:
            continue
        passed.append((path, value, holder[path[-1]]))
    assert passed == []


def _other_text(text: str) -> str:
    at = random.Random(7).randrange(len(text)) if text else 0
    return text[:at] + ("1" if text[at : at + 1] != "1" else "2") + text[at + 1 :]


def _places(value: Any, path: tuple[Any, ...] = ()) -> Any:
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _places(below, (*path, name))
    elif isinstance(value, list):
        for at, below in enumerate(value):
            yield from _places(below, (*path, at))
    else:
        yield path


async def test_a_whole_forgery_is_signed_with_another_key(world: World) -> None:
    """Somebody who makes all of it anew, right in itself, has not the clinic's key."""
    _, patient, note = await signed(world)
    proof = await patient.get(f"/notes/{note['id']}/proof")
    forger, told = Signer(b"f" * 32), one(proof)
    told["name"] = "Noor Brook"
    entry, facts = told["entry"], told["seal"]
    [seal_row] = check_note_proof(await patient.get(f"/notes/{note['id']}/proof"))
    digest = signature_sha256(
        content_sha256=proof["content_sha256"],
        signed_as=SignedAs.AUTHOR,
        account_id=UUID(told["account_id"]),
        name=told["name"],
        credential=told["credential"],
        attestation=told["attestation"],
        signed_at=_time(told["at"]),
    )
    entry["digest"] = digest.hex()
    ids = {name: UUID(entry[name]) for name in ("clinic_id", "id", "actor_id", "subject_id", "patient_id")}
    leaf = leaf_of({**entry, **ids, "at": _time(entry["at"]), "digest": digest})
    path = [bytes.fromhex(step) for step in told["path"]]
    index = told["position"] - facts["first_position"]
    root = root_from(leaf, index, facts["row_count"], path)
    assert root is not None
    seal_row.root, seal_row.public_key, seal_row.key_id = root, forger.public_key, forger.key_id
    seal_row.head = head_of(seal_row)
    told["leaf"] = leaf.hex()
    signature = forger.sign(seal_row.head)
    names = ("root", "public_key", "key_id", "head")
    facts.update({name: getattr(seal_row, name).hex() for name in names}, signature=signature.hex())
    found = check_note_proof(proof)
    assert keys(found) == {forger.public_key} != {sealer_of(world.api.runtime).signer.public_key}


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
