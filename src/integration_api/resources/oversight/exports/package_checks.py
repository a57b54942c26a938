"""The dry run of an import: each row is taken, compared with the one that is here, and told in a report."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.oversight.exports import package_statements as sql
from integration_api.resources.oversight.exports.package_exports import read_chart
from integration_api.resources.oversight.exports.package_manifests import (
    AUTHORS,
    Manifest,
    PackageRefused,
    content_path,
    table_at,
)
from integration_api.resources.oversight.exports.package_proofs import Proofs, altered_contents, take_proofs
from integration_api.resources.oversight.exports.package_rows import (
    BadLine,
    author_ids,
    canonical_line,
    line_of,
    object_of,
    taken_from,
)
from integration_api.resources.oversight.exports.package_tables import (
    ATTACHMENTS,
    BY_NAME,
    CARRIED,
    DOCUMENTS,
    PATIENTS,
    Carried,
)
from integration_api.resources.people.consent_documents.tables import ConsentDocumentRow

MAX_TOLD = 50
"""Refused rows that a report names; all are counted."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was verified: its manifest, and its files but for the bytes of attachments."""

    manifest: Manifest
    files: Mapping[str, bytes]


@dataclass(slots=True)
class Plan:
    """The rows of a package that are to be inserted, and the report about it."""

    patient_id: UUID
    is_new_chart: bool
    inserts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By table, parents first: the values of the rows that are not here."""
    counts: dict[str, int] = field(default_factory=dict)
    same: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    new_authors: list[dict[str, Any]] = field(default_factory=list)
    linked_authors: set[UUID] = field(default_factory=set)
    proofs: Proofs = field(default_factory=Proofs)

    @property
    def in_package(self) -> int:
        """Return the rows of the package."""
        return sum(self.counts.values())

    @property
    def to_insert(self) -> int:
        """Return the rows that are not here."""
        return sum(map(len, self.inserts.values()))


async def plan_import(work: Work, clinic_id: UUID, package: Package) -> Plan:
    """Compare a package with this clinic, and change nothing.

    Raises PackageRefused if nothing of it can be taken. Single rows that cannot be are in the report.
    """
    patient_id = _uuid(package.manifest.patient_id)
    standing = await work.one(sql.CHART_STANDING, clinic_id=clinic_id, patient_id=patient_id)
    if standing is not None and standing.is_erased:
        raise PackageRefused("This chart was erased in this clinic, so nothing of it is taken.")
    plan = Plan(patient_id, is_new_chart=standing is None)
    _check_tables(package)
    here = await read_chart(work, clinic_id, patient_id)
    deleted = {one.id for one in await work.all(sql.DELETED_IDS, clinic_id=clinic_id, patient_id=patient_id)}
    lines_here = {
        one.name: {row.id: line_of(one, row) for row in here[one.name]} for one in CARRIED if one.name != DOCUMENTS
    }
    notes = dict[UUID, dict[str, Any]]()
    for one in CARRIED:
        taken = _taken(plan, one, package)
        if one.name == "notes":
            notes = {values["id"]: values for values in taken}
        if one.name == DOCUMENTS:
            documents = [await work.one(sql.READ_CARRIED_DOCUMENT, clinic_id=clinic_id, id=v["id"]) for v in taken]
            new = [
                values for values, found in zip(taken, documents, strict=True) if _is_new_document(plan, values, found)
            ]
        else:
            new = [values for values in taken if _is_new(plan, one, values, lines_here[one.name], deleted)]
        if new:
            plan.inserts[one.name] = _parents_first(one, new)
    _check_contents(plan, package)
    await _plan_authors(work, clinic_id, plan, package)
    _check_notes(plan, notes, package)
    return plan


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise PackageRefused("The manifest of the package names no chart.") from None


def _check_tables(package: Package) -> None:
    """Raise PackageRefused for a kind of rows that this program has no table for: it would be lost."""
    for path in package.files:
        table = table_at(path)
        if table is not None and table not in BY_NAME:
            raise PackageRefused("The package has a kind of rows that this program does not know; update it first.")


def _lines(package: Package, path: str) -> list[bytes]:
    return [line + b"\n" for line in package.files.get(path, b"").split(b"\n") if line]


def _taken(plan: Plan, one: Carried, package: Package) -> list[dict[str, Any]]:
    """Return the rows of a table; those that are none are refused in the report."""
    lines, found = _lines(package, f"rows/{one.name}.jsonl"), dict[UUID, dict[str, Any]]()
    if lines:
        plan.counts[one.name] = len(lines)
    for number, line in enumerate(lines, 1):
        try:
            values, unknown = taken_from(one, line)
        except BadLine as error:
            plan.refused.append(f"{one.name}, line {number}: {error}")
            continue
        plan.unknown |= {f"{one.name}.{name}" for name in unknown}
        owner = values["id"] if one.name == PATIENTS else values.get("patient_id", plan.patient_id)
        if owner != plan.patient_id:
            plan.refused.append(f"{one.name} {values['id']}: it is of another chart")
        elif values["id"] in found:
            plan.refused.append(f"{one.name} {values['id']}: it is there twice")
        else:
            found[values["id"]] = values
    if one.name == PATIENTS and len(lines) != 1:
        raise PackageRefused("The package does not hold exactly one chart.")
    return [*found.values()]


def _is_new(
    plan: Plan, one: Carried, values: dict[str, Any], here: Mapping[UUID, bytes], deleted: Iterable[UUID]
) -> bool:
    """Return whether a row is to be inserted; count it as the same, or refuse it, otherwise."""
    row_id, line = values["id"], canonical_line(values)
    if row_id in here:
        if here[row_id] == line:
            plan.same[one.name] += 1
        else:
            plan.refused.append(f"{one.name} {row_id}: it is here with other content")
        return False
    if row_id in deleted:
        plan.refused.append(f"{one.name} {row_id}: it was deleted here")
        return False
    return True


def _is_new_document(plan: Plan, values: dict[str, Any], found: ConsentDocumentRow | None) -> bool:
    """Return whether a version of a consent document is to be inserted. Another chart may have brought it."""
    if found is None:
        return True
    number = found.number if found.imported_number is None else found.imported_number
    if (found.purpose, number, found.digests) == (values["purpose"], values["number"], values["digests"]):
        plan.same[DOCUMENTS] += 1
    else:
        plan.refused.append(f"{DOCUMENTS} {found.id}: it is here with other content")
    return False


def _parents_first(one: Carried, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows so that each comes after the row of the same table that it names."""
    column = one.parent_in_table
    if column is None:
        return rows
    waiting, ordered = {row["id"]: row for row in rows}, list[dict[str, Any]]()
    for row in rows:
        chain = list[dict[str, Any]]()
        at: dict[str, Any] | None = row
        while at is not None and (taken := waiting.pop(at["id"], None)) is not None:
            chain.append(taken)
            at = waiting.get(taken[column])
        ordered += reversed(chain)
    return ordered


def _check_contents(plan: Plan, package: Package) -> None:
    """Refuse an attachment whose bytes are not in the package."""
    for values in plan.inserts.get(ATTACHMENTS, ()):
        file = package.manifest.files.get(content_path(values["sha256"]))
        if file is None or file.size_bytes != values["size_bytes"] or file.sha256 != values["sha256"]:
            plan.refused.append(f"{ATTACHMENTS} {values['id']}: its bytes are not in the package")


async def _plan_authors(work: Work, clinic_id: UUID, plan: Plan, package: Package) -> None:
    """Find out which authors have an account here; the others become unlinked authors."""
    needed = author_ids(row for rows in plan.inserts.values() for row in rows)
    for line in _lines(package, AUTHORS):
        try:
            told = object_of(line)
            account_id = UUID(str(told["id"]))
        except (BadLine, KeyError, ValueError):
            raise PackageRefused("An author in the package cannot be read.") from None
        if account_id not in needed:
            continue
        found = await work.one(sql.READ_AUTHOR, clinic_id=clinic_id, id=account_id)
        if found is None:
            plan.new_authors.append(told)
        elif found.patient_id not in {None, plan.patient_id}:
            plan.refused.append(f"author {account_id}: the account of another patient has this id here")
        else:
            plan.linked_authors.add(account_id)


def _check_notes(plan: Plan, notes: Mapping[UUID, dict[str, Any]], package: Package) -> None:
    """Refuse a signed note or version whose row is not what was signed, and take the proofs that hold."""
    for table in ("notes", "note_versions"):
        plan.refused += altered_contents(table, plan.inserts.get(table, ()), notes)
    plan.refused += take_proofs(plan.proofs, plan.inserts.get("notes", ()), package.files)


def report_of(plan: Plan, package: Package) -> dict[str, object]:
    """Return the report of an import, in numbers and ids: it holds no word of the chart."""
    tables = {
        name: {"in_package": count, "new": len(plan.inserts.get(name, ())), "same": plan.same[name]}
        for name, count in sorted(plan.counts.items())
    }
    return {
        "format_version": package.manifest.version,
        "signed_by": package.manifest.deployment["public_key"],
        "patient_id": str(plan.patient_id),
        "chart": "new" if plan.is_new_chart else "here already",
        "tables": tables,
        "new": plan.to_insert,
        "same": sum(plan.same.values()),
        "refused": len(plan.refused),
        "refused_rows": plan.refused[:MAX_TOLD],
        "unknown_fields": sorted(plan.unknown),
        "authors": {
            "with_an_account_here": len(plan.linked_authors),
            "linked_ids": sorted(map(str, plan.linked_authors)),
            "unlinked": len(plan.new_authors),
        },
        "proofs": {
            "sound": len(plan.proofs.sound),
            "broken": plan.proofs.broken,
            "missing": plan.proofs.missing,
            "seal_keys": sorted(plan.proofs.seal_keys),
        },
        "waiting": _waiting(plan),
        "requests_to_answer": requests_to_answer(plan),
        "legal_hold": any(row["held_at"] is not None for row in plan.inserts.get(PATIENTS, ())),
    }


def _waiting(plan: Plan) -> dict[str, int]:
    """Return the work that nobody here has a task for yet: open flags, drafts, entries without a review."""
    flags = [row for row in plan.inserts.get("flags", ()) if row["closed_at"] is None]
    drafts = [row for row in plan.inserts.get("notes", ()) if row["content_sha256"] is None]
    entries = [
        row
        for row in plan.inserts.get("reflections", ())
        if row["submitted_at"] is not None and row["reviewed_at"] is None and row["shared_at"] is not None
    ]
    return {"open_flags": len(flags), "unsigned_notes": len(drafts), "unreviewed_reflections": len(entries)}


def requests_to_answer(plan: Plan) -> dict[str, object]:
    """Return how many requests of the patient wait for an answer, and until when the first must have one."""
    tables = ("record_requests", "amendment_requests")
    due = [row["due_at"] for table in tables for row in plan.inserts.get(table, ()) if row["answered_at"] is None]
    return {"open": len(due), "earliest_due_at": min(due).isoformat() if due else None}
