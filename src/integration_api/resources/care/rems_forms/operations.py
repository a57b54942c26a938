"""Operations on REMS forms."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

READ_REMS_FORM = Operation("rems_form:read", "rems_form.read", PATIENT | TEAM)
UPDATE_REMS_FORM = Operation("rems_form:update", "rems_form.updated", CLINICIANS)
SUBMIT_REMS_FORM = Operation("rems_form:submit", "rems_form.submitted", CLINICIANS)
