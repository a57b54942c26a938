"""The manifest of a research export, its page to read first, and what is left out of it and why."""

from collections.abc import Mapping
from datetime import date

from integration_api.resources.oversight.exports.archives import Written

FORMAT = "integration-journal-research-export"
FORMAT_VERSION = "1.0"

LEFT_OUT: Mapping[str, str] = {
    "not_consented": "Patients whose signature for research does not count when their chart is read: those who never "
    "signed here, who withdrew, whose document is in force no more, and whose chart was erased.",
    "direct_identifiers": "Names, dates of birth, addresses, contacts and ids. Pseudonyms of this study stand for ids.",
    "free_text": "Whatever somebody wrote or said: notes, reflections, plans, answers in words, reasons, files.",
    "kept_apart": "Psychotherapy notes (45 CFR 164.501) and reports about safeguarding. Every export has this line, "
    "whether there are such or not.",
    "dates": "True dates. Those of a patient are shifted by the same time, to the minute, on the clock of the clinic. "
    "When a session was planned for, and when a window opened, was due and closed, is not told.",
    "not_over": "Sessions that are planned or in progress, with all that belongs to them, and windows that are open.",
    "ages": "Ages. There are bands by the age when the study was begun; 90 and over is one, and a band of few is null.",
    "places": "Whatever is smaller than the country: the clinic, the time zone, the rooms.",
    "measurements": "Weight and height. The dose by weight is by a weight in steps of 10 kg, from 50 to 120.",
    "own_steps": "The names of steps of the clinic's own protocols.",
    "own_instruments": "Scores of instruments that the clinic made, whose names are its own words, and single answers.",
    "people": "Who did something: staff, observers and others in the room.",
    "entries_taken_back": "Entries that were withdrawn.",
}
"""The same in each export: a line that came and went would tell what must not be told."""
CHECK = "openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin -in manifest.json -sigfile manifest.sig"


def manifest(
    study: str,
    country: str | None,
    made_on: date,
    public_key: str,
    minimum: int,
    charts: int,
    files: list[Written],
) -> dict[str, object]:
    """Return the manifest. It names no clinic, which is smaller than its country, and no id, which has a time in it."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "study": study,
        "country": country,
        "made_on": made_on.isoformat(),
        "public_key": public_key,
        "minimum_patients": minimum,
        "patients": charts,
        "left_out": [{"kind": kind, "why": why} for kind, why in LEFT_OUT.items()],
        "files": [
            {"path": one.path, "size_bytes": one.size_bytes, "sha256": one.sha256, "count": one.count} for one in files
        ],
    }


def readme(study: str, public_key: str, minimum: int) -> bytes:
    """Return the page that is read first, as plain text."""
    out = "\n".join(f"- {why}" for why in LEFT_OUT.values())
    return (
        f"Research export for the study: {study}\n\n"
        "Each patient in it has signed for research, and may withdraw at any time. Keep it where the study's protocol "
        "says, pass on no line of it, and try to find out about nobody. It is not anonymous: whoever knows "
        "a patient well may recognise them by what happened to them.\n\n"
        "data/*.jsonl   One file a kind, one JSON object a line (UTF-8). `patient`, `session` and `response` are "
        "pseudonyms: the same in each export for this study, other in every other study.\n"
        f"summary.json   Counts of patients. A count below {minimum} is null, and others are whole steps of {minimum}. "
        "Of all files, this one may be shown to others.\n"
        "manifest.json  Every file with its size, SHA-256 and lines, and what is left out.\n"
        "manifest.sig, signing-key.pem  The Ed25519 signature under manifest.json, and its key.\n\n"
        f"What is left out, and why\n{out}\n\n"
        f"To check the signature, with OpenSSL 3:\n{CHECK}\n"
        f"Compare the key with the one that the clinic shows:\n{public_key}\n"
    ).encode()
