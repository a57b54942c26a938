"""The label of a draft that was made with a tool: which tool, of which version, and the patient's consent to it."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import MISSING, Field, JsonValue
from typing_extensions import TypedDict

from integration_api.web.errors import FieldError, Invalid
from integration_api.web.schemas import Line, Schema, response_part


class SourceKind(StrEnum):
    """The kind of tool that a draft was made with."""

    DICTATION = "dictation"
    """It writes down what the author says."""
    SCRIBE = "scribe"
    """It listens to the session."""
    MODEL = "model"
    """It writes by itself."""


Kind = Annotated[SourceKind, Field(description="The kind of tool.", examples=["scribe"])]
Tool = Annotated[Line, Field(description="The tool.", examples=["Quiet Scribe"])]
ToolVersion = Annotated[Line, Field(description="Its version, or that of its model.", examples=["4.2"])]
Consented = Annotated[bool, Field(description="Whether the patient agreed to it; `scribe` and `model` need that.")]


class NoteSourceGiven(Schema):
    """The tool that a draft was made with."""

    kind: Kind
    tool: Tool
    tool_version: ToolVersion
    patient_consented: Consented


class NoteSourceChange(Schema):
    """The parts of the label that change. A first one names all."""

    kind: Kind | MISSING = MISSING
    tool: Tool | MISSING = MISSING
    tool_version: ToolVersion | MISSING = MISSING
    patient_consented: Consented | MISSING = MISSING


@response_part
class NoteSource(TypedDict):
    """The tool that the draft was made with. The label stays when the note is signed."""

    kind: Kind
    tool: Tool
    tool_version: ToolVersion
    patient_consented: Consented


def merged_source(change: NoteSourceChange, present: Mapping[str, JsonValue] | None) -> NoteSourceGiven:
    """Return the label after a change. Raises Invalid if a part of it is missing."""
    parts = {**(present or {}), **change.model_dump(mode="json")}
    lacking = [name for name in NoteSourceGiven.model_fields if name not in parts]
    if lacking:
        raise Invalid(
            errors=[{"field": f"body.source.{name}", "code": "missing", "message": "is needed"} for name in lacking]
        )
    return NoteSourceGiven.model_validate_json(json.dumps(parts))


def source_problems(source: NoteSourceGiven | None) -> list[FieldError]:
    """Return what is missing: without the patient's consent no tool listens, and none writes by itself."""
    if source is None or source.patient_consented or source.kind is SourceKind.DICTATION:
        return []
    message = f"must be true for {source.kind}"
    return [{"field": "body.source.patient_consented", "code": "consent_missing", "message": message}]
