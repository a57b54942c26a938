"""Every field of a body and every parameter of a query that names something by its id, found in the document."""

from collections.abc import Iterator
from typing import NamedTuple

from integration_api.access.operations import Relation
from tests.document import made_document, operations
from tests.matrix.asking import ROUTES
from tests.matrix.cast import Cast
from tests.scene import Request
from tests.support import Json

DOCUMENT: Json = made_document()
SCHEMAS: Json = DOCUMENT["components"]["schemas"]

NO_REFERENCE = {
    "id": "the client's own id for what it makes",
    "named_account_ids.0": "whoever is named in a report is not looked up",
    "insights.0.id": "the client's own id for a statement inside an encrypted text",
    "items.0.id": "the device's own id for a reading",
    "checks.0.id": "the device's own id for a look",
    "link_events.0.id": "the device's own id for an event",
    "client_id": "a program's own id, which it proves with its secret",
    "template_id": "templates are the whole clinic's; another clinic's is tested in test_note_templates.py",
    "library_id": "the library is the whole clinic's; another clinic's entry is tested in test_strategies.py",
}
"""Ids in bodies that lead to nothing of a chart, and why."""

THINGS = {
    "actor_id": "account_id",
    "account_id": "account_id",
    "owner_id": "account_id",
    "lead_id": "account_id",
    "deputy_id": "account_id",
    "document_id": "consent_document_id",
    "planned_by_id": "account_id",
    "supervised_by": "account_id",
    "successor_id": "account_id",
    "people.0.account_id": "account_id",
    "waste_witness_id": "account_id",
    "corrects_id": "dose_id",
    "create_measure_response.corrects_id": "measure_response_id",
    "baseline_response_id": "measure_response_id",
    "create_split_care.consent_id": "consent_id",
    "outside_account_id": "account_id",
    "create_check_in.corrects_id": "check_in_id",
    "arc_window_id": "arc_window_id",
    "dose_id": "dose_id",
    "copy_id": "record_copy_id",
    "to_container_id": "container_id",
    "patient_id": "patient_id",
    "patient_ids.0": "patient_id",
    "facilitator_ids.0": "account_id",
    "course_id": "course_id",
    "order_id": "order_id",
    "insight_id": "insight_id",
    "elaborates_id": "reflection_id",
    "session_id": "session_id",
    "note_id": "note_id",
    "goal_id": "goal_id",
    "source_id": "check_in_id",
    "reflection_id": "reflection_id",
    "plan_id": "plan_id",
    "replaces_id": "plan_id",
    "log_practice.replaces_id": "practice_id",
    "create_note_template.replaces_id": "note_template_id",
    "strategy_id": "strategy_id",
}
"""By the place of a field, which of a scene's things it names."""


OF_THE_CLINIC = {"account_id", "patient_id", "container_id", "consent_document_id", "note_template_id"}
"""Things of no chart's inside: those of another clinic are foreign, and both charts of a clinic may refer to one."""
SEEN_BY_THE_CLINIC = {"consent_document_id", "note_template_id"}
"""Things that everybody of their clinic may refer to."""
NO_FILTER = {"baseline_response_id"}
"""Parameters of queries that name a thing to compare with, and so are refused like a field of a body."""
OF_ITSELF = {"administer_from_container"}
"""Operations whose body is about the chart of the thing that it names, and about no other."""
EITHER = {"create_invitation": ("account_id", "patient_id"), "create_shared_summary": ("session_id", "course_id")}
"""Fields of which a body has one."""


class Reference(NamedTuple):
    """One place where an id is sent."""

    operation: str
    place: str
    is_query: bool

    def __str__(self) -> str:
        """For reading."""
        return f"{self.operation}-{self.place}"

    @property
    def is_filter(self) -> bool:
        """Whether a list shows what is of the thing, so that it is empty for what is not seen."""
        return self.is_query and self.place not in NO_FILTER

    @property
    def thing(self) -> str | None:
        """What it names."""
        return THINGS.get(str(self).replace("-", ".")) or THINGS.get(self.place)

    @property
    def is_inside_a_chart(self) -> bool:
        """Whether it names something of a chart in a body that is about a chart."""
        is_of_chart = self.thing is not None and self.thing not in OF_THE_CLINIC
        return not self.is_query and is_of_chart and self.operation not in OF_ITSELF

    def foreign(self, cast: Cast, request: Request) -> list[str]:
        """Ids of the kind that are not theirs who asks: another patient's, and another clinic's."""
        thing, roles = str(self.thing), request.person.actor.roles if request.person else ()
        relations = {ROUTES[self.operation].operation.who.get(role) for role in roles}
        if Relation.CLINIC in relations or thing in SEEN_BY_THE_CLINIC:
            return [cast.elsewhere.ids[thing]]
        if thing == "account_id":  # staff of the clinic may be named by everybody in it
            return [cast.elsewhere.therapist.id, cast.elsewhere.patient.id] + (
                [] if self.is_query else [cast.other.patient.id]
            )
        return [cast.other.ids[thing], cast.elsewhere.ids[thing]]


def _found(schema: Json, place: tuple[str, ...] = ()) -> Iterator[str]:
    if "$ref" in schema:
        yield from _found(SCHEMAS[schema["$ref"].rsplit("/", 1)[-1]], place)
        return
    if schema.get("format") == "uuid":
        yield ".".join(place)
    for part in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _found(part, place)
    if "items" in schema:
        yield from _found(schema["items"], (*place, "0"))
    for name, part in schema.get("properties", {}).items():
        yield from _found(part, (*place, name))


def _references() -> Iterator[Reference]:
    for _, _, operation in operations(DOCUMENT):
        name = operation["operationId"]
        for parameter in operation["parameters"]:
            if parameter["in"] == "query" and list(_found(parameter["schema"])):
                yield Reference(name, parameter["name"], is_query=True)
        if "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            for place in dict.fromkeys(_found(schema)):
                if place not in NO_REFERENCE:
                    yield Reference(name, place, is_query=False)


REFERENCES = list(_references())


def placed(request: Request, reference: Reference, thing: str) -> Request:
    """The request with this id in that place."""
    if reference.is_query:
        path, _, others = request.path.partition("?")
        kept = f"{others}&" if others and not reference.is_filter else ""
        return request._replace(path=f"{path}?{kept}{reference.place}={thing}")
    body: Json = dict(request.body) if isinstance(request.body, dict) else {}
    first, _, rest = reference.place.partition(".")
    if first == "people":
        body[first] = [{"role": "therapist", "account_id": thing}]
        assert rest == "0.account_id"
    else:
        either = EITHER.get(reference.operation, ())
        for other in either if first in either else ():
            body.pop(other, None)
        body[first] = [thing, *body[first][1:]] if rest == "0" else thing
    return request._replace(body=body)
