"""Every table of the product, for migrations and the tests that compare them with the models."""

from integration_api.access import factors
from integration_api.access import tables as access
from integration_api.core import idempotency
from integration_api.core import tables as core
from integration_api.ledger import tables as ledger
from integration_api.resources.clinics import tables as clinics
from integration_api.resources.courses import tables as courses
from integration_api.resources.emergencies import tables as emergencies
from integration_api.resources.notes import tables as notes
from integration_api.resources.notices import tables as notices
from integration_api.resources.patients import tables as patients
from integration_api.resources.plans import tables as plans
from integration_api.resources.practices import tables as practices
from integration_api.resources.reflections import tables as reflections
from integration_api.resources.service_accounts import tables as service_accounts
from integration_api.resources.sessions import tables as sessions
from integration_api.resources.strategy_library import tables as strategy_library
from integration_api.resources.worklist import tables as worklist

__all__ = [
    "access",
    "clinics",
    "core",
    "courses",
    "emergencies",
    "factors",
    "idempotency",
    "ledger",
    "notes",
    "notices",
    "patients",
    "plans",
    "practices",
    "reflections",
    "service_accounts",
    "sessions",
    "strategy_library",
    "worklist",
]
