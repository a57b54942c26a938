"""Practitioner and PractitionerRole: a member of staff, and all that the account may be."""

from integration_api.access.tables import AccountState
from integration_api.fhir.elements import ADMINISTRATIVE, HERE, Json, meta, own_code, period, reference
from integration_api.resources.people.accounts.schemas import Account


def practitioner(found: Account) -> Json:
    """Return the Practitioner, with the credential as a qualification."""
    return {
        "resourceType": "Practitioner",
        "id": str(found.id),
        "meta": meta(found, ADMINISTRATIVE),
        "identifier": [{"system": f"{HERE}:account", "value": str(found.id)}],
        "active": found.state is not AccountState.DISABLED,
        "name": [{"text": found.name}],
        "telecom": [{"system": "email", "value": found.email}] if found.email else [],
        "qualification": [
            {
                "code": {"text": found.credential},
                "period": period(None, found.licence_ends_on),
                "issuer": {"display": found.licence_region} if found.licence_region else None,
            }
        ]
        if found.credential
        else [],
    }


def practitioner_role(found: Account) -> Json:
    """Return the PractitionerRole; its id is that of the Practitioner."""
    return {
        "resourceType": "PractitionerRole",
        "id": str(found.id),
        "meta": meta(found, ADMINISTRATIVE),
        "active": found.state is not AccountState.DISABLED,
        "practitioner": reference("Practitioner", found.id, found.name),
        "code": [own_code("role", role.value) for role in found.roles],
    }
