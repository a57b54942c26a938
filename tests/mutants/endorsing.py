"""Protections of shared summaries."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_ROOM, _OF = "resources/journal/shared_summaries/", "tests/resources/journal/test_shared_summaries.py"

ENDORSING = (
    mutant(
        "the key of a save that changes nothing means any version",
        "access/exchange.py",
        "Exchange._finish",
        Replace("work.has_changes or _VERSION in self.endpoint.header_names", "work.has_changes"),
        _OF,
    ),
    mutant(
        "a changed summary keeps its endorsements",
        _ROOM + "service.py",
        "update_shared_summary",
        Replace("NOT_ENDORSED", "{}"),
        _OF,
    ),
    mutant(
        "the revision before a change is lost",
        _ROOM + "service.py",
        "update_shared_summary",
        Skip("_keep"),
        _OF,
    ),
    mutant(
        "a summary is endorsed in words that were not read",
        _ROOM + "endorsements.py",
        "endorse_shared_summary",
        Skip("SummaryChanged"),
        _OF,
    ),
    mutant(
        "a patient endorses in the altered state",
        _ROOM + "endorsements.py",
        "endorse_shared_summary",
        Skip("check_not_held"),
        _OF,
    ),
    *(
        mutant(
            f"a patient decides on a summary in the altered state: {step}",
            _ROOM + file,
            f"{step}_shared_summary",
            Skip("check_not_held"),
            _OF,
        )
        for step, file in {
            "create": "service.py",
            "update": "service.py",
            "withdraw": "service.py",
            "unendorse": "endorsements.py",
        }.items()
    ),
    mutant(
        "a summary is changed by emergency access",
        _ROOM + "service.py",
        "load_standing",
        Skip("NotOnCareTeam"),
        _OF,
    ),
    mutant(
        "a summary is begun by emergency access",
        _ROOM + "statements.py",
        "INSERT_SHARED_SUMMARY",
        Drop("_is_of_a_side"),
        _OF,
    ),
    mutant(
        "one side endorses for both",
        _ROOM + "rules.py",
        "endorsed_at",
        Replace("patient is not None and clinician is not None", "patient is not None or clinician is not None"),
        _OF,
    ),
    mutant(
        "a side takes back what the other said",
        _ROOM + "endorsements.py",
        "unendorse_shared_summary",
        Skip("EndorsementUnchanged"),
        _OF,
    ),
    mutant(
        "a withdrawn summary is endorsed",
        _ROOM + "service.py",
        "load_standing",
        Skip("Superseded"),
        _OF,
    ),
    mutant(
        "a withdrawn summary is found",
        "resources/views/search/statements.py",
        "ARMS",
        Drop("shared_summaries", "counts"),
        _OF,
    ),
    *(
        mutant(
            f"a summary is about a {what} of another chart",
            _ROOM + "service.py",
            "_check_about",
            Replace(f"{what}.patient_id != patient_id", "False"),
            _OF,
        )
        for what in ("session", "course")
    ),
    mutant(
        "the patient is not told of a summary",
        _ROOM + "service.py",
        "tell",
        Skip("tell_patient"),
        _OF,
    ),
    mutant(
        "the team is not told of what a patient wrote in a summary",
        _ROOM + "service.py",
        "tell",
        Replace("await tell_of_write(work, row.patient_id, TaskKind.SUMMARY_TO_READ, row.id)", "None"),
        _OF,
    ),
)
