"""Operations on backups."""

from integration_api.access.operations import ADMINS, AUDITORS, PRIVACY_OFFICERS, Operation

READ_BACKUPS = Operation("backup:read", None, ADMINS | AUDITORS | PRIVACY_OFFICERS)
