"""The item `rd.consent`: where the clinic has a document in force, the patient's signature decides, and no answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from integration_api.resources.care.readiness.checklist import CONSENT, ITEMS
from integration_api.resources.care.readiness.rules import Unmet


class ConsentFacts(Protocol):
    """The facts of a patient's consent to treatment."""

    @property
    def consent_permits(self) -> bool:
        """Return whether the patient permits treatment."""

    @property
    def consent_is_asked(self) -> bool:
        """Return whether the clinic has a document in force."""

    @property
    def consent_withdrawn_at(self) -> datetime | None:
        """Return when the last signature was withdrawn."""


def by_consent(found: Sequence[Unmet], facts: ConsentFacts) -> list[Unmet]:
    """Return what is not met, by the signature on file in place of the answer to `rd.consent`.

    Without a document in force the answer counts, unless the patient has withdrawn. A release by a prescriber covers a
    withdrawal only if it is later.
    """
    if facts.consent_permits and not facts.consent_is_asked:
        return [*found]
    others = [one for one in found if one.item != CONSENT]
    if facts.consent_permits:
        return others
    return [*others, Unmet(CONSENT, ITEMS[CONSENT].rule, facts.consent_withdrawn_at)]
