"""Rules of disclosures: which of them rest on a consent."""

from collections.abc import Mapping

from integration_api.resources.journal.disclosures.tables import DisclosureBasis
from integration_api.resources.people.consent_documents.tables import ConsentPurpose

PURPOSE_OF_BASIS: Mapping[DisclosureBasis, ConsentPurpose] = {
    DisclosureBasis.RESEARCH: ConsentPurpose.RESEARCH,
    DisclosureBasis.OTHER: ConsentPurpose.SHARING,
}
"""The purpose that a patient must permit. A law or a court needs no consent. Source: 45 CFR 164.512, POLICY."""
