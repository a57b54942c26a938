"""Putting a chart in that came in a package: every row as it was, under keys of this deployment, in one transaction."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.bulk_work import BulkWork
from integration_api.access.rows import chart_index
from integration_api.access.tables import AccountRow, AccountState
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.core.models import trusted
from integration_api.resources.journal.attachments.rules import PART_BYTES
from integration_api.resources.journal.attachments.sealed_parts import Parts, new_content_key
from integration_api.resources.journal.reflections.tables import TagRow
from integration_api.resources.journal.reflections.tags import folded
from integration_api.resources.oversight.exports import package_statements as sql
from integration_api.resources.oversight.exports.package_checks import Package, Plan
from integration_api.resources.oversight.exports.package_manifests import IMPORTS, LEDGER, PackageRefused
from integration_api.resources.oversight.exports.package_rows import BadLine, day_of, object_of, text_of
from integration_api.resources.oversight.exports.package_tables import ATTACHMENTS, BY_NAME, DOCUMENTS, PATIENTS
from integration_api.resources.oversight.exports.tables import ChartImportRow
from integration_api.resources.people.accounts.service import insert_first_account
from integration_api.resources.people.patients.rules import name_parts
from integration_api.resources.people.patients.tables import NamePartRow
from integration_api.resources.people.sign_in.service import email_index
from integration_api.storage.statements import INSERT_VAULT_KEY

_IMPORTED_NUMBERS_FROM, _IMPORTED_NUMBERS = 1_000_000_000, 1_000_000_000
"""Of consent documents that other clinics published: far above those of this one, so that none is in the way."""


@dataclass(frozen=True, slots=True)
class _Unsealed:
    """An attachment on its way into the store."""

    clinic_id: UUID
    id: UUID
    patient_id: UUID
    size_bytes: int
    content_key: str
    objects: bytes = b""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The bytes of an attachment in the store of this deployment."""

    content_key: str
    objects: bytes


async def seal_content(work: Work, clinic_id: UUID, values: Mapping[str, Any], content: bytes) -> Sealed:
    """Keep the bytes of an attachment in the store, under a key of its own. Raises PackageRefused, ObjectsDown.

    No row names them until the import is applied; if it is not, they are swept.
    """
    if hashlib.sha256(content).hexdigest() != values["sha256"]:
        raise PackageRefused("The bytes of an attachment are not those that its row names.")
    file = _Unsealed(clinic_id, values["id"], values["patient_id"], len(content), new_content_key())
    parts, kept = Parts(file, work.runtime.objects), b""
    for number, begins in enumerate(range(0, len(content), PART_BYTES)):
        piece = content[begins : begins + PART_BYTES]
        kept += (await parts.add(number, piece, is_last=begins + PART_BYTES >= len(content))).bytes
    return Sealed(file.content_key, kept)


async def collect_import(
    work: BulkWork, clinic_id: UUID, package: Package, plan: Plan, contents: Mapping[UUID, Sealed]
) -> None:
    """Collect every change of an import, and what the ledger says of it. Raises PackageRefused.

    As many rows are inserted or the same as the package has, or it is refused.
    """
    if plan.refused or plan.to_insert + sum(plan.same.values()) != plan.in_package:
        raise PackageRefused("Some rows of the package cannot be taken, so nothing is; the report names them.")
    wrapped = work.runtime.vault.new_key(clinic_id, plan.patient_id) if plan.is_new_chart else None
    if wrapped is not None:
        work.change(INSERT_VAULT_KEY, clinic_id=clinic_id, id=plan.patient_id, wrapped_key=wrapped, created_at=work.now)
        _insert_rows(work, clinic_id, PATIENTS, plan, contents)
    work.change(sql.INSERT_CHART_IMPORT, _import_row(work, clinic_id, package, plan))
    for author in plan.new_authors:
        insert_first_account(work, await _account(work, clinic_id, plan, author))
    for table in plan.inserts:
        if table != PATIENTS:
            _insert_rows(work, clinic_id, table, plan, contents)
    for patient in plan.inserts.get(PATIENTS, ()):
        for part in name_parts(patient["name"], patient["preferred_name"]):
            index = work.runtime.vault.blind_index("name", part, clinic_id)
            named = NamePartRow(clinic_id=clinic_id, id=new_id(), patient_id=plan.patient_id, part_index=index)
            work.change(sql.INSERT_IMPORTED_NAME_PART, named)
    await _collect_tags(work, clinic_id, plan, wrapped)
    digest = bytes.fromhex(package.manifest.sha256)
    work.record(plan.patient_id, plan.patient_id, clinic_id=clinic_id, is_opened=False, digest=digest)


def _insert_rows(work: BulkWork, clinic_id: UUID, table: str, plan: Plan, contents: Mapping[UUID, Sealed]) -> None:
    one = BY_NAME[table]
    for values in plan.inserts.get(table, ()):
        marks = _marks(work, table, values, plan, contents)
        row = trusted(one.row, {**values, "clinic_id": clinic_id, **marks})
        work.change(sql.INSERTS[table], row)


def _marks(
    work: Work, table: str, values: Mapping[str, Any], plan: Plan, contents: Mapping[UUID, Sealed]
) -> dict[str, Any]:
    """Return the columns of a row that only this deployment knows."""
    if table == ATTACHMENTS:
        sealed = contents[values["id"]]
        return {"content_key": sealed.content_key, "objects": sealed.objects}
    if table == DOCUMENTS:
        number = _IMPORTED_NUMBERS_FROM + values["id"].int % _IMPORTED_NUMBERS
        return {"imported_number": values["number"], "number": number}
    if table == "notes":
        return {"imported_at": work.now, "imported_proof": plan.proofs.sound.get(values["id"])}
    return {"imported_at": work.now} if table == "consents" else {}


def _import_row(work: Work, clinic_id: UUID, package: Package, plan: Plan) -> ChartImportRow:
    evidence = []
    for path in (LEDGER, IMPORTS):
        for line in package.files.get(path, b"").splitlines():
            try:
                evidence.append({"of": path, **object_of(line)})
            except BadLine:
                raise PackageRefused(f"The file {path} of the package cannot be read.") from None
    return ChartImportRow(
        clinic_id=clinic_id,
        id=new_id(),
        patient_id=plan.patient_id,
        imported_at=work.now,
        manifest_sha256=package.manifest.sha256,
        rows_inserted=plan.to_insert,
        rows_skipped=sum(plan.same.values()),
        origin=dict(package.manifest.deployment),
        evidence=evidence,
    )


async def _account(work: Work, clinic_id: UUID, plan: Plan, told: Mapping[str, Any]) -> AccountRow:
    """Return an author who has no account here: name and credential, and no way to sign in.

    A patient's can be invited, as that of any chart.
    """
    account_id = UUID(str(told["id"]))
    is_patient = told.get("is_patient") is True and plan.is_new_chart
    index = work.runtime.vault.blind_index("unlinked-author", str(account_id), clinic_id)
    email = next((row["email"] for row in plan.inserts.get(PATIENTS, ())), None)
    if is_patient and email is not None:
        wanted = email_index(work, email)
        taken = await work.one(sql.ADDRESS_TAKEN, clinic_id=clinic_id, email_index=wanted)
        index = index if taken is not None else wanted
    row = AccountRow(
        clinic_id=clinic_id,
        id=account_id,
        created_at=work.now,
        updated_at=work.now,
        state=AccountState.INVITED if is_patient else AccountState.DISABLED,
        roles=[Role.PATIENT.value] if is_patient else [],
        patient_id=plan.patient_id if is_patient else None,
        name=text_of(told.get("name")),
        credential=text_of(told.get("credential")),
        licence_region=text_of(told.get("licence_region")),
        licence_ends_on=day_of(told.get("licence_ends_on")),
        email_index=index,
    )
    return work.runtime.bindings.bound("accounts", row)


async def _collect_tags(work: BulkWork, clinic_id: UUID, plan: Plan, wrapped: bytes | None) -> None:
    """Collect the tokens of tags, under the key that the chart has here."""
    for row in plan.inserts.get("reflections", ()):
        words = sorted({folded(str(tag)) for tag in (row["content"] or {}).get("tags", ())})
        if wrapped is not None:
            tokens = work.runtime.vault.unwrap(wrapped, clinic_id, plan.patient_id).blind_index("tag", words)
        else:
            tokens = await chart_index(work, plan.patient_id, "tag", words, clinic_id)
        for word in words:
            made = TagRow(
                clinic_id=clinic_id,
                id=new_id(),
                patient_id=plan.patient_id,
                reflection_id=row["id"],
                happened_at=row["happened_at"],
                token=tokens[word],
            )
            work.change(sql.INSERT_IMPORTED_TAG, made)
