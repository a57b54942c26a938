"""The crisis lines that stand in each refusal of an observer's device."""

from uuid import UUID

from integration_api.access.runtime import Runtime
from integration_api.access.tokens import unpack_secret
from integration_api.resources.care.remote_sessions.support_errors import WITH_LINES
from integration_api.resources.people.clinics.crisis import crisis_resources


def lines_of(country: str) -> list[str]:
    """Return the crisis lines of a country, emergency services first."""
    return [f"{line['contact']}: {line['name']}" for line in crisis_resources(country)]


def lines_of_clinic(runtime: Runtime, clinic_id: UUID | None) -> list[str]:
    """Return the crisis lines of a clinic's country; without a clinic, those for any."""
    return lines_of(runtime.countries.get(clinic_id, "*") if clinic_id else "*")


def lines_beside(runtime: Runtime, _: str, body: object, status: int) -> dict[str, object]:
    """Return what stands in a refusal: the lines of the clinic that the token names, if it names one."""
    if status not in {cls.status for cls in WITH_LINES}:
        return {}
    token = body.get("token") if isinstance(body, dict) else None
    try:
        clinic_id = unpack_secret(str(token))[0]
    except ValueError:
        clinic_id = None
    return {"crisis_lines": lines_of_clinic(runtime, clinic_id)}
