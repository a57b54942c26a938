"""Protections of FHIR: what is shown is what the plain API shows, and a filter is never passed over."""

from tests.mutants.changes import Replace, Skip
from tests.mutants.mutant import mutant

_FHIR = "fhir/"
_SETS, _REQUESTS = "tests/fhir/test_fhir_sets.py", "tests/fhir/test_fhir_requests.py"
_DOCUMENTS = "tests/fhir/test_fhir_documents.py"
_VALID = "tests/fhir/test_fhir_validators.py"

TRANSLATING = (
    mutant(
        "a session without a dose is read as a procedure",
        _FHIR + "service.py",
        "_read",
        Replace("item.id == ids[-1] and source.shows(item)", "item.id == ids[-1]"),
        _SETS,
    ),
    mutant(
        "the next page leaves the patient of everything out",
        _FHIR + "bundle_pages.py",
        "query_of",
        Replace("{PATIENT: asked.patient_id, ENCOUNTER: asked.encounter_id}", "{PATIENT: None, ENCOUNTER: None}"),
        _SETS,
    ),
    mutant(
        "readings of other patients are in a search for one",
        _FHIR + "bundle_pages.py",
        "_page_within",
        Replace("{'patient_id': str(asked.patient_id)} if asked.patient_id else {}", "{}"),
        _SETS,
    ),
    mutant(
        "emergency access is a membership of the care team",
        _FHIR + "mappers/careteam.py",
        "care_team",
        Replace("member.basis is not CareTeamBasis.EMERGENCY", "True"),
        "tests/fhir/test_fhir_mappers.py",
    ),
    mutant(
        "an unknown parameter is passed over",
        _FHIR + "search_parameters.py",
        "asked_of",
        Skip("(unknown)"),
        _REQUESTS,
    ),
    mutant(
        "a host that is no host stands in links",
        _FHIR + "bundles.py",
        "base_of",
        Replace("_HOST.fullmatch(host)", "host"),
        _REQUESTS,
    ),
    mutant(
        "what was withdrawn looks as if it counted",
        _FHIR + "mappers/adverse_event.py",
        "adverse_event",
        Replace("[extension('withdrawn', {'valueBoolean': True})] if found.withdrawn_at else []", "[]"),
        "tests/fhir/test_fhir_mappers.py",
    ),
    mutant(
        "a note that nobody signed has a provenance",
        _FHIR + "mappers/provenance.py",
        "is_signed",
        Replace("found.signature is not None", "True"),
        _SETS,
    ),
    mutant(
        "the text of a note is markup in a composition",
        _FHIR + "mappers/composition.py",
        "_narrative",
        Replace("escape(text, quote=False)", "text"),
        _DOCUMENTS,
    ),
    mutant(
        "a consent that was withdrawn looks active",
        _FHIR + "mappers/consent.py",
        "consent",
        Replace("found.is_last and found.withdrawn_at is None", "found.is_last"),
        _DOCUMENTS,
    ),
    mutant(
        "replies of other patients are in a search for one",
        _FHIR + "bundle_pages.py",
        "resources_of",
        Replace("asked.patient_id in (None, item.patient_id)", "True"),
        _SETS,
    ),
    mutant(
        "a course without an indication has a Condition",
        _FHIR + "mappers/condition.py",
        "is_indicated",
        Replace("not is_blank(found.indication)", "True"),
        _REQUESTS,
    ),
    mutant(
        "a control character is sent as it is",
        _FHIR + "elements.py",
        "pruned",
        Replace("_CONTROL.sub('\ufffd', value)", "value"),
        "tests/fhir/test_fhir_mappers.py",
    ),
    mutant(
        "a period ends before it starts",
        _FHIR + "elements.py",
        "period",
        Replace("first and last and (last < first)", "False"),
        _VALID,
    ),
    mutant(
        "a refusal of FHIR is a problem",
        _FHIR + "fhir_route.py",
        "FhirRoute.answer",
        Replace("as_outcome(await super().answer(request))", "await super().answer(request)"),
        _REQUESTS,
    ),
    mutant(
        "everything names staff to whoever may not list them",
        _FHIR + "referred_staff.py",
        "with_staff",
        Replace("not may_list(work, source)", "False"),
        _SETS,
    ),
    mutant(
        "everything leaves out the staff that it refers to",
        _FHIR + "referred_staff.py",
        "with_staff",
        Replace("list(dict.fromkeys(_referred(page)))[:MAX_IDS]", "list[UUID]()"),
        _SETS,
    ),
)
