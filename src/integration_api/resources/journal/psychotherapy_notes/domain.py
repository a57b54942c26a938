"""The key domain of psychotherapy notes: one key for each chart that has any, beside the chart's own."""

import hashlib
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.core.ids import derived_id
from integration_api.storage.vault import Vault


def domain_of(work: Work, patient_id: UUID) -> UUID:
    """Return the owner of the key of a chart's psychotherapy notes.

    It is keyed, so that nobody can try whether a chart has any by making something with this id.
    """
    return domain_in(work.runtime.vault, work.actor.clinic_id, patient_id)


def domain_in(vault: Vault, clinic_id: UUID, patient_id: UUID) -> UUID:
    """Return the same for a command, which has no actor."""
    key = vault.derive("psychotherapy-domain")
    text = f"{clinic_id} {patient_id}"
    return derived_id(patient_id, hashlib.blake2b(text.encode(), key=key, digest_size=10).digest())


def make_key(work: Work, domain_id: UUID) -> None:
    """Collect the key of a chart's first psychotherapy note. Starts over if another request makes it meanwhile."""
    work.new_vault_key(domain_id, taken=StartAgain)
