"""Reading and replacing the protocol of a clinic, and listing the items of check-ins."""

from collections.abc import Mapping, Sequence, Set
from typing import cast

from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.care.arc_windows import statements as sql
from integration_api.resources.care.arc_windows.arc_protocols import load_protocol
from integration_api.resources.care.arc_windows.protocol_parts import ArcStep
from integration_api.resources.care.arc_windows.rules import DEFAULT_SOURCE, problems_of
from integration_api.resources.care.arc_windows.tables import UNIQUE_VERSION, ArcProtocolRow
from integration_api.resources.measures.instruments.service import load_named
from integration_api.resources.measures.protocols.check_in_items import CheckInItems, check_in_items, items_by_id
from integration_api.resources.measures.protocols.schemas import ArcProtocol, ArcProtocolSteps
from integration_api.web.errors import FieldError, Invalid, StaleVersion

_OWN = "clinic"


async def read_protocol(work: Work) -> ArcProtocol:
    """Return the protocol of the clinic, or the default with version 0."""
    row = await load_protocol(work)
    if row.version == 0:
        await work.confirm()  # no row proved that the sign-in stands
    work.record(row.clinic_id)
    return _present(row)


async def update_protocol(work: Work, body: ArcProtocolSteps, expected_version: int) -> ArcProtocol:
    """Write the next version; every version stays. Raises StaleVersion, Invalid."""
    present = await load_protocol(work)
    check_version(present, expected_version)
    steps = cast(list[ArcStep], [step.model_dump(mode="json") for step in body.steps])
    await _check(work, steps)
    values = new_values(work, body, steps=steps)
    row = ArcProtocolRow(**values, version=expected_version + 1, created_by_id=work.actor.id)
    work.create(sql.INSERT_PROTOCOL, row, {UNIQUE_VERSION: StaleVersion})
    work.record(row.clinic_id)
    return _present(row)


async def list_check_in_items(work: Work) -> CheckInItems:
    """Return the items that a check-in may ask."""
    await work.confirm()
    return check_in_items()


async def _check(work: Work, steps: Sequence[ArcStep]) -> None:
    """Raise Invalid for times that cannot be, and for what is not asked by this product."""
    errors: list[FieldError] = [
        {"field": f"body.{one.field}", "code": one.code, "message": one.message} for one in problems_of(steps)
    ]
    measures = await load_named(work, [name for step in steps for name in step["measures"]])
    known: Mapping[str, Set[str]] = {"measures": measures.keys(), "items": items_by_id().keys()}
    for number, step in enumerate(steps):
        for name, ids in (("measures", step["measures"]), ("items", step["items"])):
            field = f"body.steps.{number}.{name}"
            if len(set(ids)) < len(ids):
                errors.append({"field": field, "code": "repeated", "message": "each once"})
            if not known[name] >= set(ids):
                errors.append({"field": field, "code": "unknown", "message": "names one that is not in the list"})
    if errors:
        raise Invalid(errors=errors)


def _present(row: ArcProtocolRow) -> ArcProtocol:
    is_default = row.version == 0
    return ArcProtocol.of(
        row,
        id=row.clinic_id,
        is_default=is_default,
        origin=DEFAULT_SOURCE if is_default else _OWN,
        created_by_id=None if is_default else row.created_by_id,
    )
