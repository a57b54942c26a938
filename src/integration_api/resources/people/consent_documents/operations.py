"""Operations on consent documents."""

from integration_api.access.operations import ADMINS, ANYONE_IN_CLINIC, Operation

LIST_CONSENT_DOCUMENTS = Operation("consent_document:list", "consent_document.listed", ANYONE_IN_CLINIC)
PUBLISH_CONSENT_DOCUMENT = Operation("consent_document:publish", "consent_document.published", ADMINS)
READ_CONSENT_DOCUMENT = Operation("consent_document:read", "consent_document.read", ANYONE_IN_CLINIC)
RETIRE_CONSENT_DOCUMENT = Operation("consent_document:retire", "consent_document.retired", ADMINS)
