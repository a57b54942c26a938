"""Protections of record requests and of the copies that are made for them."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_REQUESTS, _COPIES = "resources/journal/record_requests/", "resources/oversight/record_copies/"
_EXPORTS = "resources/oversight/exports/"
_OF_REQUESTS = "tests/resources/journal/test_record_requests.py"
_OF_COPIES = "tests/resources/oversight/test_record_copies.py"

COPYING = (
    mutant(
        "a record request waits for nobody",
        _REQUESTS + "service.py",
        "create_record_request",
        Replace("await _open_task(work, row)", "None"),
        _OF_REQUESTS,
    ),
    mutant(
        "a letter counts from when it was written down",
        _REQUESTS + "service.py",
        "_received_at",
        Replace("body.received_at is None", "True"),
        _OF_REQUESTS,
    ),
    mutant(
        "a patient says when the clinic received it",
        _REQUESTS + "service.py",
        "_received_at",
        Replace("work.actor.is_patient", "False"),
        _OF_REQUESTS,
    ),
    mutant(
        "a letter comes tomorrow",
        _REQUESTS + "service.py",
        "_received_at",
        Skip("check_not_in_future"),
        _OF_REQUESTS,
    ),
    mutant(
        "the time for a copy is extended again",
        _REQUESTS + "service.py",
        "extend_record_request",
        Skip("AlreadyExtended"),
        _OF_REQUESTS,
    ),
    mutant(
        "an extension for a copy is kept from the patient",
        _REQUESTS + "service.py",
        "extend_record_request",
        Skip("tell_patient"),
        _OF_REQUESTS,
    ),
    mutant(
        "the answer to a record request is written over",
        _REQUESTS + "service.py",
        "load_open",
        Skip("RecordRequestClosed"),
        _OF_REQUESTS,
    ),
    mutant(
        "an answered record request waits on",
        _REQUESTS + "service.py",
        "answer_request",
        Skip("settle"),
        _OF_REQUESTS,
    ),
    mutant(
        "a patient is not told of the answer about the record",
        _REQUESTS + "service.py",
        "answer_request",
        Skip("tell_patient"),
        _OF_REQUESTS,
    ),
    mutant(
        "each denial of a copy is final",
        _REQUESTS + "rules.py",
        "is_reviewable",
        Replace("ground in _REVIEWABLE", "False"),
        _OF_REQUESTS,
    ),
    mutant(
        "a copy is made without a fresh proof",
        _COPIES + "operations.py",
        "CREATE_RECORD_COPY",
        Drop("needs_step_up"),
        _OF_COPIES,
    ),
    mutant(
        "a copy is downloaded without a fresh proof",
        _COPIES + "operations.py",
        "READ_RECORD_COPY_CONTENT",
        Drop("needs_step_up"),
        _OF_COPIES,
    ),
    mutant(
        "a patient sees a copy before staff hand it over",
        _COPIES + "statements.py",
        "_shown",
        Replace("sa.or_(_SCOPE_PATIENT_ID.is_(None), _is_fulfilled)", "sa.true()"),
        _OF_COPIES,
    ),
    mutant(
        "an own export is a copy too",
        _COPIES + "statements.py",
        "_shown",
        Replace("_is_copy", "sa.true()"),
        _OF_COPIES,
    ),
    mutant(
        "a copy is an own export too",
        _EXPORTS + "statements.py",
        "_is_own",
        Replace("_exports.c.record_request_id.is_(None)", "sa.true()"),
        _OF_COPIES,
    ),
    mutant(
        "a copy replaces the patient's own export",
        _EXPORTS + "export_job_statements.py",
        "EARLIER_EXPORTS",
        Replace(
            "_exports.c.record_request_id.is_not_distinct_from("
            "param('record_request_id', _exports.c.record_request_id))",
            "sa.or_(sa.true(), param('record_request_id', _exports.c.record_request_id).is_(None))",
        ),
        _OF_COPIES,
    ),
    mutant(
        "a copy for another request answers this one",
        _COPIES + "service.py",
        "fulfil_record_request",
        Replace("row.record_request_id != request.id", "False"),
        _OF_COPIES,
    ),
    mutant(
        "a request is fulfilled by what is not ready",
        _COPIES + "service.py",
        "fulfil_record_request",
        Skip("ExportNotReady"),
        _OF_COPIES,
    ),
    mutant(
        "a denied request gets a copy",
        _COPIES + "service.py",
        "create_record_copy",
        Skip("RecordRequestClosed"),
        _OF_COPIES,
    ),
    mutant(
        "copies are made without end",
        _COPIES + "service.py",
        "create_record_copy",
        Skip("check_how_often"),
        _OF_COPIES,
    ),
    mutant(
        "a copy is made unnoticed",
        _COPIES + "service.py",
        "create_record_copy",
        Skip("tell_role"),
        _OF_COPIES,
    ),
    mutant(
        "a copy has drafts and withheld notes",
        _EXPORTS + "selections.py",
        "_of_chart",
        Replace("in_scope_of_patient", "False"),
        _OF_COPIES,
    ),
    mutant(
        "a copy tells staff what the patient keeps private",
        _EXPORTS + "selections.py",
        "CopySelection.walk_of",
        Replace("kind.name in AS_PATIENT", "True"),
        _OF_COPIES,
    ),
    mutant(
        "a copy has plans that nobody proposed",
        _EXPORTS + "selections.py",
        "_FINISHED",
        Replace("bool(plan.is_shared)", "True"),
        _OF_COPIES,
    ),
    mutant(
        "a copy has things of other patients",
        _EXPORTS + "selections.py",
        "CopySelection.taken",
        Skip("OtherChart"),
        _OF_COPIES,
    ),
    mutant(
        "a copy does not say that private things are left out",
        _EXPORTS + "rules.py",
        "left_out",
        Replace("IN_COPIES if is_copy else {}", "{}"),
        _OF_COPIES,
    ),
)
