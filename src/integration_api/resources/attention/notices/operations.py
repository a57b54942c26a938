"""Operations on notices."""

from integration_api.access.operations import EVERYBODY, Operation

LIST_NOTICES = Operation("notice:list", "notice.listed", EVERYBODY)
