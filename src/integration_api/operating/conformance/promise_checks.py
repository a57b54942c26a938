"""The promises that a deployment is held to, each as a check that tries to break it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple
from uuid import uuid4

import httpx

from integration_api.operating.conformance.callers import Broken, Caller, NotShown, code_of
from integration_api.operating.conformance.cast import Cast, until
from integration_api.operating.conformance.looks import alike, is_hidden, seen_by, something_shared

_PAGE, AUDITOR = "100", "auditor"
_EXPORT_SECONDS = 60.0


class Promise(NamedTuple):
    """One promise: its name, and the check, which raises Broken."""

    name: str
    check: Callable[[Cast], Awaitable[None]]


def _hold(is_kept: object, how: str) -> None:
    if not is_kept:
        raise Broken(how)


async def a_retry_makes_no_copy(cast: Cast) -> None:
    """Send one entry twice with one key, and another entry with the same key."""
    key, body = uuid4().hex, {"text": cast.word("retry")}
    first = await cast.patient.must("POST", "/v1/reflections", body, key=key)
    second = await cast.patient.must("POST", "/v1/reflections", body, key=key)
    _hold(first["id"] == second["id"], "a retry with the same Idempotency-Key made a second entry")
    found = await cast.patient.get("/v1/reflections", limit=_PAGE)
    copies = [one for one in found["items"] if one.get("text") == body["text"]]
    _hold(len(copies) == 1, f"one entry was sent, and {len(copies)} are there")
    other = await cast.patient.ask("POST", "/v1/reflections", {"text": cast.word("retry")}, key=key)
    _hold(other.status_code == httpx.codes.UNPROCESSABLE_ENTITY, "another entry was taken for a retry of the first")


async def a_stale_version_overwrites_nothing(cast: Cast) -> None:
    """Change an entry twice at the version of the first read."""
    kept = cast.word("stale")
    made = await cast.reflection("first")
    path = f"/v1/reflections/{made['id']}"
    await cast.patient.must("PATCH", path, {"text": kept}, match=made["version"])
    late = await cast.patient.ask("PATCH", path, {"text": "late"}, match=made["version"])
    _hold(late.status_code == httpx.codes.PRECONDITION_FAILED, f"a stale change was answered {late.status_code}")
    _hold((await cast.patient.get(path))["text"] == kept, "a stale change overwrote a text")
    without = await cast.patient.ask("PATCH", path, {"text": "late"})
    _hold(without.status_code == httpx.codes.PRECONDITION_REQUIRED, "a change without a version was taken")


async def foreign_and_unknown_answer_alike(cast: Cast) -> None:
    """Ask as a therapist of another chart for what is there and for what is not."""
    note = await cast.signed_note(cast.word("foreign"))
    entry = await cast.reflection(cast.word("foreign"), share=True)
    for path, thing in (("patients", cast.chart), ("notes", note["id"]), ("reflections", entry["id"])):
        foreign = await cast.other.ask("GET", f"/v1/{path}/{thing}")
        unknown = await cast.other.ask("GET", f"/v1/{path}/{uuid4()}")
        _hold(
            foreign.status_code == httpx.codes.NOT_FOUND, f"a foreign id of {path} was answered {foreign.status_code}"
        )
        _hold(alike(foreign) == alike(unknown), f"a foreign and an unknown id of {path} are answered differently")


async def a_private_reflection_reaches_nobody(cast: Cast) -> None:
    """Write one that is not shared, and look for it as everybody else."""
    for share in (None, False):
        word = cast.word("private")
        made = await cast.reflection(word, share=share)
        shared = await something_shared(cast)
        for who, caller in _others(cast):
            hidden = await is_hidden(caller, "/v1/reflections", made["id"])
            _hold(hidden, f"a private reflection was shown to the {who}")
            seen = await seen_by(caller, cast.chart, shared if caller is cast.therapist else frozenset())
            _hold(word.encode() not in seen, f"the text of a private reflection was shown to the {who}")
            is_told = who != AUDITOR and made["id"].encode() in seen  # an auditor sees of each act that it was done
            _hold(not is_told, f"the id of a private reflection was told to the {who}")


def _others(cast: Cast) -> Iterable[tuple[str, Caller]]:
    return (
        ("therapist of the care team", cast.therapist),
        ("therapist of another chart", cast.other),
        ("admin", cast.admin),
        (AUDITOR, cast.auditor),
    )


async def psychotherapy_notes_leave_no_trace(cast: Cast) -> None:
    """Write one, and look for it as everybody but its author."""
    word = cast.word("confided")
    made = await cast.therapist.must("POST", f"/v1/patients/{cast.chart}/psychotherapy-notes", {"text": word})
    shared = await something_shared(cast)
    everybody = [*(pair for pair in _others(cast) if pair[1] is not cast.therapist), ("patient", cast.patient)]
    for who, caller in everybody:
        hidden = await is_hidden(caller, "/v1/psychotherapy-notes", made["id"])
        _hold(hidden, f"a psychotherapy note was shown to the {who}")
        listed = await caller.ask("GET", "/v1/psychotherapy-notes")
        _hold(made["id"] not in listed.text, f"a psychotherapy note is in the list of the {who}")
        seen = await seen_by(caller, cast.chart, shared if caller is cast.patient else frozenset())
        _hold(word.encode() not in seen, f"the text of a psychotherapy note was shown to the {who}")
        _hold(made["id"].encode() not in seen, f"the {who} can tell that there is a psychotherapy note")
    seen = await seen_by(cast.therapist, cast.chart, shared)
    _hold(word.encode() not in seen, "the text of a psychotherapy note is in a list of the chart")


async def a_signed_note_refuses_every_change(cast: Cast) -> None:
    """Try to change, delete and sign again what was signed, at the right version."""
    note = await cast.signed_note(cast.word("signed"))
    path = f"/v1/notes/{note['id']}"
    attempts = (
        await cast.therapist.ask("PATCH", path, {"sections": {"plan": "other"}}, match=note["version"]),
        await cast.therapist.ask("DELETE", path, match=note["version"]),
        await cast.therapist.ask("POST", f"{path}/sign", {}, match=note["version"]),
    )
    for one in attempts:
        _hold(one.status_code == httpx.codes.CONFLICT, f"a change of a signed note was answered {one.status_code}")
    after = await cast.therapist.get(path)
    _hold(after["content_sha256"] == note["content_sha256"], "the digest of a signed note has changed")
    _hold(after["sections"] == note["sections"], "the text of a signed note has changed")


async def the_patient_sees_who_looked(cast: Cast) -> None:
    """Read a shared entry as the kit's therapist, and look for that in the patient's access log."""
    made = await cast.reflection(cast.word("looked"), share=True)
    await cast.therapist.get(f"/v1/reflections/{made['id']}")
    found = (await cast.patient.get("/v1/me/access-log", limit=_PAGE))["items"]
    looks = [one for one in found if one.get("event") == "reflection.read" and cast.therapist.id in json.dumps(one)]
    _hold(looks, "the patient's access log does not say that the therapist read an entry")


async def each_submit_says_who_watches(cast: Cast) -> None:
    """Submit, and ask for help with a body that makes no sense."""
    submitted = await cast.reflection(cast.word("watched"), share=True)
    asked = await cast.patient.ask("POST", "/v1/help", {"nothing": ["of", "this"]})
    _hold(asked.is_success, f"a call for help was answered {asked.status_code}")
    said = submitted.get("monitoring") or {}
    _hold(said.get("text") and said.get("is_monitored_now") is False, "a submit does not say who watches")
    told = asked.json()
    _hold(told.get("text") and told.get("told"), "a call for help does not say who was told")
    _hold(said.get("crisis_resources") and told.get("crisis_resources"), "nobody to call is named")


async def erasure_ends_reading(cast: Cast) -> None:
    """Erase a second chart, and ask for it again."""
    chart = await cast.new_chart()
    clinic = await cast.admin.get("/v1/clinic")
    policies = {"retention_years": 0}
    before = clinic["policies"].get("retention_years")
    changed = await cast.admin.must("PATCH", "/v1/clinic", {"policies": policies}, match=clinic["version"])
    try:
        version = (await cast.admin.get(f"/v1/patients/{chart}"))["version"]
        await cast.admin.must("POST", f"/v1/patients/{chart}/erasure", match=version)
    finally:
        back = {"policies": {"retention_years": before}}
        undone = await cast.admin.ask("PATCH", "/v1/clinic", back, match=changed["version"])
    if undone.is_error:
        raise NotShown(f"retention_years of the clinic could not be set back: {undone.status_code} {code_of(undone)}")
    for who, caller in (("therapist", cast.therapist), ("admin", cast.admin)):
        answer = await caller.ask("GET", f"/v1/patients/{chart}")
        _hold(
            answer.status_code == httpx.codes.NOT_FOUND,
            f"an erased chart was answered {answer.status_code} to the {who}",
        )


async def an_export_opens_without_us(cast: Cast) -> None:
    """Ask for an export as the patient, and check it with nothing but its own manifest."""
    theirs, confided = cast.word("export"), cast.word("confided")
    made = await cast.reflection(theirs)
    await cast.therapist.must("POST", f"/v1/patients/{cast.chart}/psychotherapy-notes", {"text": confided})
    fresh = await cast.patient.must("POST", "/v1/auth/step-up", {"password": cast.password})
    cast.patient.token = fresh["access_token"]
    export = await cast.patient.must("POST", "/v1/me/exports", {})
    path = f"/v1/me/exports/{export['id']}"
    ready = await until(
        lambda: cast.patient.get(path),
        lambda answer: bool(answer["state"] != "making"),
        _EXPORT_SECONDS,
        "the export was not ready in a minute",
    )
    _hold(ready["state"] == "ready", f"the export is {ready['state']}")
    answer = await cast.patient.ask("GET", f"{path}/content")
    _hold(answer.is_success, f"the export was answered {answer.status_code}")
    _check_export(zipfile.ZipFile(io.BytesIO(answer.content)), str(made["id"]), theirs, confided)


def _check_export(archive: zipfile.ZipFile, entry_id: str, theirs: str, confided: str) -> None:
    manifest = json.loads(archive.read("manifest.json"))
    for told in manifest["files"]:
        data = archive.read(told["path"])
        is_whole = (len(data), hashlib.sha256(data).hexdigest()) == (told["size_bytes"], told["sha256"])
        _hold(is_whole, "a file of the export is not as its manifest says")
        if told["path"].endswith(".jsonl"):
            _hold(data.count(b"\n") == told["count"], "a count of the export is wrong")
    entries = [json.loads(line) for line in archive.read("data/reflections.jsonl").splitlines()]
    _hold(any(one["id"] == entry_id and one["text"] == theirs for one in entries), "an own entry is not in the export")
    everything = b"".join(archive.read(name) for name in archive.namelist())
    _hold(confided.encode() not in everything, "a psychotherapy note is in the export")


async def no_word_of_a_chart_leaves_its_body(cast: Cast) -> None:
    """Send a word where none belongs; then look through every address, header and error."""
    word = cast.word("echo")
    for body in ({"text": 1, "kind": word}, {"text": word, "session_id": word}):
        answer = await cast.patient.ask("POST", "/v1/reflections", body)
        _hold(answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY, f"a wrong body was answered {answer.status_code}")
    for one in cast.record.exchanges:
        for kept in cast.words:
            _hold(kept not in one.url, "a word of a text is in an address")
            _hold(kept not in one.headers, "a word of a text is in a header")
            _hold(kept not in one.error, f"a word of a text is in the error {one.status} of a {one.method}")


PROMISES = (
    Promise("a retry makes no copy", a_retry_makes_no_copy),
    Promise("a stale version overwrites nothing", a_stale_version_overwrites_nothing),
    Promise("a foreign and an unknown id are answered alike", foreign_and_unknown_answer_alike),
    Promise("a private reflection reaches nobody", a_private_reflection_reaches_nobody),
    Promise("psychotherapy notes leave no trace", psychotherapy_notes_leave_no_trace),
    Promise("a signed note refuses every change", a_signed_note_refuses_every_change),
    Promise("the patient sees who looked", the_patient_sees_who_looked),
    Promise("each submit says who watches", each_submit_says_who_watches),
    Promise("an erasure ends reading", erasure_ends_reading),
    Promise("an export opens without us", an_export_opens_without_us),
    Promise("no word of a chart leaves its body", no_word_of_a_chart_leaves_its_body),
)
"""In their order: the last one looks through all that the others sent."""
