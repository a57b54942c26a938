"""Research exports on the wire."""

from uuid import UUID

from pydantic import Field

from integration_api.access.fields import StaffId
from integration_api.resources.oversight.exports.schemas import ExportFacts
from integration_api.resources.oversight.research_studies.tables import ResearchFailure
from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.web.schemas import CreateSchema, Resource, example, example_with

_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


class ResearchExportCreate(CreateSchema):
    """A research export to make. The body may be an empty object."""

    model_config = example({"id": "019ab0de-0000-7000-8000-000000000062"})


class ResearchExport(ExportFacts, Resource):
    """One export for a study, and how far it is."""

    model_config = example_with({"state": "ready", "failure": None})

    study_id: UUID = Field(description="The study that it is for.", examples=["019ab0de-0000-7000-8000-000000000061"])
    asked_by_id: StaffId = Field(description="The privacy officer who asked for it.")
    state: ExportState = Field(
        description="`making`: read it again soon; `ready`: download it; `failed` and `expired`: ask for another. It "
        "expires at once if somebody withdraws their research consent, or the clinic asks for it anew.",
        examples=["ready"],
    )
    failure: ResearchFailure | None = Field(
        description="Why it failed. `sign_in_ended`: stay signed in until it is ready. `too_few_patients`: so many "
        "withdrew meanwhile.",
        examples=[None],
    )
    chart_count: int | None = Field(description="The charts that are in it; null before it is ready.", examples=[37])
    public_key: str = Field(
        description="The Ed25519 key that its manifest is signed with, hexadecimal; compare it with that in the file.",
        examples=[_KEY],
    )
