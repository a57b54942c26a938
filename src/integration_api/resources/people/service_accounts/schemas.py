"""Service accounts on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import MISSING, Field, StringConstraints

from integration_api.access.fields import SettableAccountState
from integration_api.access.tables import AccountState
from integration_api.core.ids import Id, OwnId
from integration_api.resources.people.sign_in.schemas import AccessToken
from integration_api.web.schemas import CreateSchema, NameLine, Resource, Schema, example, example_with

ServiceScope = Literal[
    "clinic:read",
    "account:list",
    "account:read",
    "invitation:create",
    "patient:list",
    "patient:search",
    "patient:read",
    "patient:update",
    "care_team:list",
    "care_team:add",
    "care_team:end",
]
"""The operations that the policy lets programs do. None of them carries clinical text."""

ChangeScope = Literal[
    "changes:patient",
    "changes:care_team",
    "changes:course",
    "changes:session",
    "changes:medicine",
    "changes:note",
    "changes:reflection",
    "changes:plan",
    "changes:practice",
]
"""The kinds that webhooks of a program may tell of: ids and words, never content. Each is granted by itself."""

FhirScope = Literal[
    "system/Patient.rs",
    "system/Organization.rs",
    "system/Practitioner.rs",
    "system/PractitionerRole.rs",
    "system/CareTeam.rs",
    "system/EpisodeOfCare.rs",
    "system/Condition.rs",
    "system/Encounter.rs",
    "system/Procedure.rs",
    "system/MedicationAdministration.rs",
    "system/MedicationRequest.rs",
    "system/MedicationStatement.rs",
    "system/AdverseEvent.rs",
    "system/Observation.rs",
    "system/QuestionnaireResponse.rs",
    "system/DocumentReference.rs",
    "system/Composition.rs",
    "system/Provenance.rs",
    "system/Consent.rs",
]
"""The types that a program may read by FHIR, of patients who permit sharing. Each is granted by itself."""

AnyScope = Literal[ServiceScope, ChangeScope, FhirScope]
NamedScope = Annotated[AnyScope, Field(title="ServiceScope")]

_ID = "019ab0de-0000-7000-8000-000000000012"

Name = Annotated[NameLine, Field(description="The name of the program.", examples=["Front desk"])]
Scopes = Annotated[
    list[NamedScope],
    Field(
        min_length=1,
        max_length=60,
        description="All that it may do, as little as it needs; anything else is refused with 403.",
        examples=[["patient:list", "patient:read"]],
    ),
]
ClientSecret = Annotated[str, Field(examples=["AZqw3gAAcACAAAAAAAAAAQ-one-secret-per-program"])]


class ServiceAccountFacts(Schema):
    """The name of a program, and what it may do."""

    name: Name
    scopes: Scopes


class ServiceAccount(ServiceAccountFacts, Resource):
    """A program of the clinic's own."""

    model_config = example_with({"id": _ID})

    state: AccountState = Field(
        description="`disabled` cannot get tokens, and those that it has stop working.", examples=["active"]
    )
    previous_secret_ends_at: datetime | None = Field(
        description="Until when the secret before the current one works too (UTC); null if there was none."
    )


class ServiceAccountSecret(ServiceAccount):
    """A program, with a new secret. It is shown only here."""

    model_config = example_with({"id": _ID})

    client_secret: ClientSecret = Field(description="Keep it where only the program can read it.")


class ServiceAccountCreate(ServiceAccountFacts, CreateSchema):
    """A new program, and what it may do."""

    id: OwnId | None = Field(default=None, description="Id of it, if you choose it; the program's `client_id`.")


class ServiceAccountUpdate(Schema):
    """The fields that an admin can change. Scopes and state hold from the program's next request."""

    model_config = example({"scopes": ["patient:list"]})

    name: Name | MISSING = MISSING
    scopes: Scopes | MISSING = MISSING
    state: SettableAccountState | MISSING = Field(default=MISSING, description="Disable, or enable again.")


class ServiceTokenCreate(Schema):
    """The program's id and secret."""

    client_id: Id = Field(description="The service account.", examples=[_ID])
    client_secret: Annotated[ClientSecret, StringConstraints(max_length=200)] = Field(description="Its secret.")


class ServiceToken(AccessToken):
    """A short access token. There is no refresh token: ask for the next one with the secret."""

    scopes: list[NamedScope] = Field(
        description="The actions it may take.", examples=[["patient:list", "patient:read"]]
    )
