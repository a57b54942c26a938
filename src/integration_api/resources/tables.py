"""Every table of the product, for migrations and the tests that compare them with the models."""

# ruff: noqa: F401  to import a module makes its tables known
from integration_api.access import factor_tables, notices
from integration_api.access import tables as access
from integration_api.ledger import tables as ledger
from integration_api.resources.attention.worklist import tables as worklist
from integration_api.resources.care.courses import tables as courses
from integration_api.resources.care.sessions import tables as sessions
from integration_api.resources.journal.notes import tables as notes
from integration_api.resources.journal.plans import tables as plans
from integration_api.resources.journal.practices import tables as practices
from integration_api.resources.journal.reflections import tables as reflections
from integration_api.resources.journal.strategy_library import tables as strategy_library
from integration_api.resources.people.emergencies import tables as emergencies
from integration_api.resources.people.patients import tables as patients
from integration_api.resources.people.service_accounts import tables as service_accounts
from integration_api.storage import tables as storage
from integration_api.web import idempotency
