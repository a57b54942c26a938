"""Operations on accounts."""

from integration_api.access.operations import ACCOUNT_HOLDERS, ADMINS, CLINICIANS, PATIENT, PROGRAMS, STAFF, Operation
from integration_api.ledger.events import Event

READ_AS = ("Practitioner", "PractitionerRole")
"""The types of FHIR as which programs read them."""
LIST_ACCOUNTS = Operation("account:list", "account.listed", STAFF | PROGRAMS, programs_read=READ_AS)
CREATE_ACCOUNT = Operation("account:create", "account.created", ADMINS)
READ_ACCOUNT = Operation("account:read", "account.read", STAFF | PROGRAMS, programs_read=READ_AS)
UPDATE_ACCOUNT = Operation("account:update", "account.updated", ADMINS)
SET_EXTERNAL_IDENTITY = Operation("external_identity:set", "external_identity.set", ADMINS, needs_step_up=True)
REMOVE_EXTERNAL_IDENTITY = Operation("external_identity:remove", "external_identity.removed", ADMINS)
LIST_ACCOUNT_SIGN_INS = Operation("account_sign_in:list", "account_sign_in.listed", ADMINS)
END_ACCOUNT_SIGN_IN = Operation("account_sign_in:end", "account_sign_in.ended", ADMINS)
END_ACCOUNT_SIGN_INS = Operation("account_sign_in:end_all", "account_sign_in.all_ended", ADMINS)
ACCEPT_INVITATION = Operation("invitation:accept", "invitation.accepted", is_public=True)
CREATE_INVITATION = Operation("invitation:create", "invitation.created", ADMINS | CLINICIANS | PROGRAMS)
CHANGE_PASSWORD = Operation("password:change", "password.changed", ACCOUNT_HOLDERS | PATIENT, needs_step_up=True)
CREATE_PASSWORD_RESET = Operation("password:reset", "password.reset_begun", ADMINS | CLINICIANS, needs_step_up=True)

PASSWORD_RESET = Event("password.reset")
PASSWORD_SET = Event("password.set")
"""With accepting an invitation, or a reset: the account whose password it is."""
