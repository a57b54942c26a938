"""Passwords and the accounts of patients: what needs the chart, which knows a patient's name and address."""

from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.work import Work
from integration_api.resources.people.accounts import passwords
from integration_api.resources.people.accounts.schemas import Account, Invitation, PasswordChange
from integration_api.resources.people.accounts.service import load_account, present
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.patients import statements as sql
from integration_api.resources.people.patients.service import load_patient, manage_patient
from integration_api.resources.people.sign_in.schemas import AccessToken
from integration_api.web.errors import Forbidden


async def read_patient_account(work: Work, patient_id: UUID) -> Account:
    """Return the account by which a patient signs in. Raises NotFound, also if there is none."""
    await load_patient(work, patient_id)
    row = await work.get(sql.ACCOUNT_OF_PATIENT, patient_id=patient_id)
    work.record(row.id, patient_id)
    return present(row)


async def change_password(work: Work, body: PasswordChange) -> AccessToken:
    """Change one's own password. Raises WrongProof, Invalid."""
    row = await load_account(work, work.actor.id)
    clinic = await load_clinic(work)
    about = (row.name, row.email)
    if row.patient_id is not None:
        chart = await load_patient(work, row.patient_id)
        about = (chart.name, chart.email)
    return await passwords.change(work, row, body, passwords.words_about(clinic, *about))


async def create_password_reset(work: Work, account_id: UUID) -> Invitation:
    """Make a code for a new password: an admin for staff, a person who may invite them for patients.

    Raises NotFound, Forbidden, EmergencyOnly, NotYourOwn, NothingToReset.
    """
    row = await work.get(sql.ACCOUNT_TO_RESET, id=account_id)
    about = (row.name, row.email)
    if row.patient_id is not None:
        chart = await manage_patient(work, row.patient_id)  # whoever has the code can be the patient
        about = (chart.name, chart.email)
    elif Role.CLINIC_ADMIN not in work.actor.roles:
        raise Forbidden("Only a clinic admin resets the password of staff.")
    clinic = await load_clinic(work)
    hours = policy(clinic.policies, "password_reset_hours")
    is_mailed = bool(policy(clinic.policies, "email_codes"))
    return passwords.begin_reset(work, row, hours, passwords.words_about(clinic, *about), is_mailed=is_mailed)
