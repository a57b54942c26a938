"""The register: every resource of the API, once, by area in dependency order.

The application takes its routes and the OpenAPI tags from here, migrations take the tables, and the architecture tests
take the order. A resource may import only those that are listed before it.
"""

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from fastapi import APIRouter
from sqlmodel import MetaData, SQLModel


class Resource(NamedTuple):
    """One folder below an area of `resources/`."""

    area: str
    name: str

    @property
    def package(self) -> str:
        """The dotted name of its package."""
        return f"integration_api.resources.{self.area}.{self.name}"

    @property
    def router(self) -> APIRouter:
        """Its routes, from `router.py`."""
        router = import_module(f"{self.package}.router").router
        assert isinstance(router, APIRouter)  # noqa: S101  mypy cannot see into a module named at run time
        return router

    @property
    def tag(self) -> Mapping[str, str]:
        """Its tag in the OpenAPI document; the docstring of its package describes it."""
        return {"name": self.name.replace("_", " "), "description": import_module(self.package).__doc__ or ""}


AREAS: Mapping[str, tuple[str, ...]] = {
    "attention": ("notices", "inbox", "worklist", "notifications", "roster", "flags"),
    "people": (
        "clinics",
        "sign_in",
        "factors",
        "devices",
        "accounts",
        "service_accounts",
        "consent_documents",
        "patients",
        "help",
        "emergencies",
        "safeguarding_reports",
    ),
    "care": (
        "courses",
        "arc_windows",
        "sessions",
        "group_sessions",
        "readiness",
        "orders",
        "lab_results",
        "doses",
        "consents",
        "monitoring",
        "medicines",
        "adverse_events",
        "assessments",
        "discharges",
        "rems_forms",
        "remote_sessions",
        "custody",
        "home_counts",
    ),
    "journal": (
        "note_templates",
        "notes",
        "amendment_requests",
        "record_requests",
        "disclosures",
        "psychotherapy_notes",
        "reflections",
        "capture_links",
        "attachments",
        "strategy_library",
        "goals",
        "plans",
        "practices",
        "safety_plans",
        "shared_summaries",
        "split_care",
    ),
    "measures": ("instruments", "measure_responses", "protocols", "check_ins", "next_steps", "outcomes"),
    "views": ("timeline", "search", "visibility", "threads", "home", "chart", "dose_briefs", "trajectory"),
    "delivery": ("changes", "sync", "stream", "webhooks", "calendars", "channels"),
    "oversight": (
        "research_studies",
        "retention",
        "ledger_view",
        "ledger_heads",
        "backups",
        "imported_records",
        "exports",
        "record_copies",
        "research_exports",
    ),
}
"""The areas and their resources; each may import those before it."""


class Subject(StrEnum):
    """A subject that only some front ends have; its operations stand in an OpenAPI document of their own."""

    DOSING = "dosing"
    MEASURES = "measures"
    ADMINISTRATION = "administration"
    SAFETY = "safety"
    RECORDS = "records"


DOCUMENTS: Mapping[Subject, frozenset[str]] = {
    Subject.DOSING: frozenset(
        {
            *("readiness", "orders", "doses", "monitoring", "adverse_events", "assessments", "discharges"),
            *("rems_forms", "remote_sessions", "custody", "home_counts", "lab_results", "dose_briefs", "capture_links"),
        }
    ),
    Subject.MEASURES: frozenset(
        {
            *("instruments", "measure_responses", "arc_windows", "protocols", "check_ins", "next_steps"),
            *("outcomes", "trajectory"),
        }
    ),
    Subject.ADMINISTRATION: frozenset(
        {
            *("accounts", "service_accounts", "webhooks", "retention", "roster"),
            *("consent_documents", "note_templates", "strategy_library", "ledger_heads", "backups"),
            *("research_studies", "research_exports"),
        }
    ),
    Subject.SAFETY: frozenset({"flags", "safeguarding_reports"}),
    Subject.RECORDS: frozenset(
        {
            *("amendment_requests", "record_requests", "record_copies", "disclosures", "imported_records"),
            *("shared_summaries", "split_care"),
        }
    ),
}
"""The resources of each subject; the operations of all others are in `openapi.json`."""

RESOURCES = tuple(Resource(area, name) for area, names in AREAS.items() for name in names)

TABLES_BELOW = (
    "integration_api.storage.tables",
    "integration_api.web.idempotency",
    "integration_api.ledger.tables",
    "integration_api.access.tables",
    "integration_api.access.factor_tables",
    "integration_api.access.notices",
    "integration_api.access.tombstones",
    "integration_api.access.sandbox_clock",
)
"""The modules below the resources that declare tables."""


def subjects() -> Mapping[str, frozenset[str]]:
    """Return the OpenAPI tags of each document beside `openapi.json`."""
    return {
        subject: frozenset(one.tag["name"] for one in RESOURCES if one.name in names)
        for subject, names in DOCUMENTS.items()
    }


def metadata() -> MetaData:
    """Return the metadata of every table of the product, after importing the modules that declare them."""
    for module in TABLES_BELOW:
        import_module(module)
    for resource in RESOURCES:
        if find_spec(f"{resource.package}.tables"):
            import_module(f"{resource.package}.tables")
    return SQLModel.metadata
