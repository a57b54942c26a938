"""The sources of FHIR resources: which operations of the plain API list and read what becomes a resource of a type."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from integration_api.access.route import ActionRoute
from integration_api.fhir.elements import Json
from integration_api.fhir.mappers.adverse_event import adverse_event
from integration_api.fhir.mappers.audit_event import access_audit, ledger_audit
from integration_api.fhir.mappers.care_plan import coping_plan, safety_plan
from integration_api.fhir.mappers.careteam import care_team
from integration_api.fhir.mappers.communication import reply_communication
from integration_api.fhir.mappers.composition import composition
from integration_api.fhir.mappers.condition import condition, is_indicated
from integration_api.fhir.mappers.consent import consent
from integration_api.fhir.mappers.document_reference import document_reference, summary_document
from integration_api.fhir.mappers.encounter import encounter
from integration_api.fhir.mappers.episode import episode_of_care
from integration_api.fhir.mappers.flag import flag
from integration_api.fhir.mappers.goal import goal
from integration_api.fhir.mappers.medications import (
    medication_administration,
    medication_request,
    medication_statement,
)
from integration_api.fhir.mappers.observation import VITAL, practice_observation, score_observation, vital_observation
from integration_api.fhir.mappers.organization import organization
from integration_api.fhir.mappers.patient import patient
from integration_api.fhir.mappers.practitioner import practitioner, practitioner_role
from integration_api.fhir.mappers.procedure import procedure
from integration_api.fhir.mappers.provenance import import_provenance, is_signed, note_provenance
from integration_api.fhir.mappers.questionnaire_response import measure_answers, reflection_answers
from integration_api.fhir.search_parameters import DATE, ENCOUNTER, PATIENT
from integration_api.resources.care.sessions.tables import Phase
from integration_api.resources.journal.reflections.schemas import ReflectionView
from integration_api.resources.measures.measure_responses.rules import ResponseState
from integration_api.resources.register import RESOURCES

ROUTES: Mapping[str, ActionRoute] = {
    route.name: route for resource in RESOURCES for route in resource.router.routes if isinstance(route, ActionRoute)
}
"""Every route of the plain API, by the name of its operation."""
_OF_CHART: Mapping[str, str] = {PATIENT: "patient_id"}
_OF_SESSION: Mapping[str, str] = {**_OF_CHART, ENCOUNTER: "session_id"}


def _always(_: Any) -> bool:  # noqa: ANN401  any item of a list
    return True


@dataclass(frozen=True, slots=True, eq=False)
class Above:
    """A list of the plain API, below each of whose items another list is."""

    lists: str
    """The operation that lists them."""
    place: str
    """The name of their id in the path of the other list."""
    always: Mapping[str, str]
    """Filters of the list that are always given."""
    parameter: str | None = None
    """The parameter of a FHIR search that names one of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A list of the plain API whose items become resources, and the operation that reads one of them."""

    lists: str
    """The operation that lists them; of a thing that there is once, the one that reads it."""
    mapped: Callable[..., Json]
    """Makes a resource of one item."""
    reads: str | None = None
    """The operation that reads one; None: the list is asked for it by its id."""
    prefix: str = ""
    """The beginning of the ids, if a type has several sources."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """By parameter of a FHIR search, the filter of the list."""
    dates: tuple[str, str] | None = None
    """The filters of the list for `then or later` and `before then`."""
    always: Mapping[str, str] = field(default_factory=dict)
    """Filters of the list that are always given."""
    shows: Callable[[Any], bool] = _always
    """Whether a thing of the plain API becomes a resource here."""
    whole: Callable[[Any, Sequence[Any]], Json] | None = None
    """Makes one resource of a chart of all items of a list."""
    within: Above | None = None
    """The list of the things below each of which this list is."""
    is_of_patient_alone: bool = False
    """Whether the list shows a patient what is about their own chart, without a filter."""

    @property
    def list_route(self) -> ActionRoute:
        """Return the route of the list."""
        return ROUTES[self.lists]

    @property
    def read_route(self) -> ActionRoute | None:
        """Return the route that reads one by its id."""
        return ROUTES[self.reads] if self.reads else None

    @property
    def parameters(self) -> list[str]:
        """Return the names in the path of the operation that reads one, by which an id has that many parts."""
        route = self.read_route
        if route is None:
            return [*([self.within.place] if self.within else []), "id"]
        return re.findall(r"{(\w+)}", route.path)

    @property
    def takes_ids(self) -> bool:
        """Return whether its list can be asked for things by their ids."""
        return "ids" in self.list_route.declared.query_names and not self.always

    @property
    def known(self) -> frozenset[str]:
        """Return the parameters of a FHIR search that it filters by."""
        whole = {PATIENT} if self.whole or self.within or self.is_of_patient_alone else set()
        whole |= {self.within.parameter} if self.within and self.within.parameter else set()
        return frozenset({*self.filters, *whole, *({DATE} if self.dates else ())})


DOSING = Phase.DOSING.value
_OF_DOSING_SESSION = Above("list_sessions", "session_id", {"phase": DOSING}, ENCOUNTER)
_OF_REFLECTION = Above("list_reflections", "reflection_id", {"view": ReflectionView.SUMMARY.value})

TYPES: Mapping[str, tuple[Source, ...]] = {
    "Patient": (Source("list_patients", patient, "read_patient"),),
    "Organization": (Source("read_clinic", organization),),
    "Practitioner": (Source("list_accounts", practitioner, "read_account"),),
    "PractitionerRole": (Source("list_accounts", practitioner_role, "read_account"),),
    "CareTeam": (Source("list_care_team", care_team, whole=care_team),),
    "EpisodeOfCare": (Source("list_courses", episode_of_care, "read_course", filters=_OF_CHART),),
    "Condition": (Source("list_courses", condition, "read_course", filters=_OF_CHART, shows=is_indicated),),
    "Encounter": (
        Source(
            "list_sessions",
            encounter,
            "read_session",
            filters=_OF_CHART,
            dates=("starts_after", "starts_before"),
        ),
    ),
    "Procedure": (
        Source(
            "list_sessions",
            procedure,
            "read_session",
            filters=_OF_CHART,
            dates=("starts_after", "starts_before"),
            always={"phase": DOSING},
            shows=lambda session: session.phase is Phase.DOSING,
        ),
    ),
    "MedicationAdministration": (
        Source("list_doses", medication_administration, filters=_OF_SESSION, dates=("given_after", "given_before")),
    ),
    "MedicationRequest": (Source("list_orders", medication_request, "read_order", filters=_OF_CHART),),
    "MedicationStatement": (Source("list_medicines", medication_statement, "read_medicine", filters=_OF_CHART),),
    "AdverseEvent": (
        Source(
            "list_adverse_events",
            adverse_event,
            "read_adverse_event",
            filters=_OF_SESSION,
            dates=("onset_after", "onset_before"),
        ),
    ),
    "Observation": (
        Source(
            "list_measure_responses",
            score_observation,
            "read_measure_response",
            "score-",
            _OF_SESSION,
            ("happened_after", "happened_before"),
            {"state": ResponseState.COMPLETED.value},
            lambda response: response.state is ResponseState.COMPLETED,
        ),
        Source(
            "list_practices",
            practice_observation,
            "read_practice",
            "practice-",
            _OF_CHART,
            ("used_after", "used_before"),
        ),
        Source(
            "list_vitals",
            vital_observation,
            "read_vital",
            VITAL,
            dates=("taken_after", "taken_before"),
            within=_OF_DOSING_SESSION,
        ),
    ),
    "QuestionnaireResponse": (
        Source(
            "list_measure_responses",
            measure_answers,
            "read_measure_response",
            "measure-",
            _OF_SESSION,
            ("happened_after", "happened_before"),
        ),
        Source(
            "list_reflections",
            reflection_answers,
            "read_reflection",
            "reflection-",
            _OF_SESSION,
            ("written_after", "written_before"),
        ),
    ),
    "DocumentReference": (
        Source(
            "list_notes",
            document_reference,
            "read_note",
            filters=_OF_SESSION,
            dates=("written_after", "written_before"),
        ),
        Source(
            "list_shared_summaries",
            summary_document,
            "read_shared_summary",
            "summary-",
            _OF_SESSION,
            ("created_after", "created_before"),
        ),
    ),
    "CarePlan": (
        Source("list_plans", coping_plan, "read_plan", "plan-", _OF_CHART),
        Source("list_safety_plans", safety_plan, "read_safety_plan", "safety-", _OF_CHART),
    ),
    "Composition": (
        Source("list_notes", composition, "read_note", filters=_OF_SESSION, dates=("written_after", "written_before")),
    ),
    "Provenance": (
        Source(
            "list_notes",
            note_provenance,
            "read_note",
            filters=_OF_SESSION,
            dates=("written_after", "written_before"),
            shows=is_signed,
        ),
        Source(
            "list_imported_records",
            import_provenance,
            "read_imported_record",
            "imported-",
            _OF_CHART,
            ("imported_after", "imported_before"),
        ),
    ),
    "Communication": (Source("list_reflection_replies", reply_communication, within=_OF_REFLECTION),),
    "Consent": (
        Source("list_consents", consent, "read_consent", filters=_OF_CHART, dates=("signed_after", "signed_before")),
    ),
    "Flag": (Source("list_flags", flag, "read_flag", filters=_OF_CHART, dates=("raised_after", "raised_before")),),
    "Goal": (Source("list_goals", goal, "read_goal", filters=_OF_CHART),),
    "AuditEvent": (
        Source("read_access_log", access_audit, dates=("after", "before"), is_of_patient_alone=True),
        Source("list_ledger", ledger_audit, filters=_OF_CHART, dates=("after", "before")),
    ),
}
"""Every type that is served, and its sources. A psychotherapy note and a safeguarding report are in none."""

SEARCHED_ALONE = frozenset({"AuditEvent"})
"""Types whose resources no operation of the plain API reads by their ids."""

COMPARTMENT: tuple[Source, ...] = tuple(
    source
    for kind, sources in TYPES.items()
    for source in sources
    if PATIENT in source.known and kind not in SEARCHED_ALONE
)
"""The sources of what belongs to a patient, in the order in which `$everything` shows them."""


KIND_OF: Mapping[Source, str] = {source: kind for kind, sources in TYPES.items() for source in sources}
"""The type that a source is of."""


def filters_of(kind: str) -> frozenset[str]:
    """Return the filters of a search for a type."""
    return frozenset[str]().union(*(source.known for source in TYPES[kind]))
