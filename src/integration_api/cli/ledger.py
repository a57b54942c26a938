"""`integration-api ledger seal | verify | heads | check-proof`. All of them work beside a running server."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from integration_api.access.binding_check import CHECKS, Check, check_access
from integration_api.app import open_runtime, sealer_of
from integration_api.cli.bars import progress_bar
from integration_api.cli.run_notes import noted
from integration_api.core import logs
from integration_api.ledger.heads import Head, read_heads, write_heads
from integration_api.ledger.proof import ProofBroken
from integration_api.ledger.tables import SealRow
from integration_api.ledger.verify import Report, count_rows, verify_all
from integration_api.operating.aftermath import export_all
from integration_api.operating.heads_file import kept_beside, why_kept
from integration_api.resources.care.remote_sessions.support_statements import CHECK_SUPPORT_TOKENS
from integration_api.resources.delivery.calendars.statements import CHECK_CALENDARS
from integration_api.resources.journal.notes.proof_check import check_note_proof
from integration_api.resources.people.emergencies.statements import CHECK_EMERGENCIES
from integration_api.resources.people.service_accounts.key_statements import CHECK_SERVICE_KEYS
from integration_api.resources.people.service_accounts.statements import CHECK_SECRETS
from integration_api.settings import Settings
from integration_api.storage.run_records import Run

ledger_cli = typer.Typer(no_args_is_help=True, help="Seal the ledger, check it, export its heads, check proofs.")

TAMPERED, UNSURE, KNOWN_GAP = 3, 4, 5
"""Exit codes: the ledger or proof was changed; a proof is sound, but no trusted key was named; a known gap. The last
one is a sound ledger of which a restore took away a part that was exported. 0 means sound, 1 that it could not be read,
2 that the command was used wrongly."""


@ledger_cli.command()
def seal() -> None:
    """Seal every row that is not sealed yet, however old. A server seals new rows by itself."""
    settings = Settings()

    async def run() -> int:
        async with open_runtime(settings) as runtime:
            return await sealer_of(runtime).seal_all(back=None)

    typer.echo(f"{asyncio.run(run())} rows sealed")


@ledger_cli.command()
def heads(
    out: Annotated[Path | None, typer.Option(help="Write them here; keep the file away from the database.")] = None,
) -> None:
    """Export the signed head of every clinic's ledger, and the ids of the charts that were erased.

    `verify --head` shows later that nothing was cut off. `restore --erased` erases those charts again.
    A file whose heads the ledger no longer holds is kept, unless a restore explains it. So is one that names an erased
    chart that is there again. The new heads are then written beside it, and the command exits with 3.
    """
    settings = Settings()

    async def run() -> tuple[str, int, list[str]]:
        async with open_runtime(settings) as runtime:
            found = await export_all(runtime.database, runtime.clock())
            why = await why_kept(runtime.database, out) if out else []
            return write_heads(found, kept_beside(out) if out and why else out), len(found.by_clinic), why

    with noted(settings, Run.HEADS) as record:
        text, count, why = asyncio.run(run())
        record.findings = len(why)
    if out is None or not why:
        typer.echo(text if out is None else f"{count} heads written to {out}")
        return
    for reason in why:
        typer.echo(reason)
    typer.echo(f"{out} was KEPT as it was; {count} heads written to {kept_beside(out)}. See docs/runbook.md")
    raise typer.Exit(TAMPERED)


@ledger_cli.command()
def verify(
    head: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Heads exported before: the chains must go on from them."),
    ] = None,
) -> None:
    """Find every row of the ledger that was edited, removed, reordered, inserted or cut off since it was sealed.

    Find also what decides access (roles, states, grants, credentials) and was moved, edited or inserted by hand, or is
    not as the ledger says.

    Exits with 0 if nothing was changed, with 3 if something was, and with 1 if the ledger could not be read. Exits with
    5 if nothing was changed, but a restore took away a part of what was exported.
    """
    settings = Settings()
    logs.configure("warning")
    with noted(settings, Run.VERIFY) as record:
        reports, access, known = asyncio.run(_verify(settings, head))
        findings = record.findings = sum(len(report.findings) + report.unsaid for report in (*reports, *access))
    for report in (*reports, *access):
        for finding in report.findings:
            typer.echo(f"clinic {report.clinic_id}: {finding}")
        if report.unsaid:
            typer.echo(f"clinic {report.clinic_id}: and {report.unsaid} more")
    gaps = [f"clinic {report.clinic_id}: {report.gap}" for report in reports if report.gap]
    for gap in gaps:
        typer.echo(gap)
    rows, seals = sum(report.rows for report in reports), sum(report.seals for report in reports)
    waiting = sum(report.waiting for report in reports)
    typer.echo(f"{rows} rows under {seals} seals in {len(reports)} clinics checked; {waiting} rows are not sealed yet")
    typer.echo(f"{sum(report.rows for report in access)} rows that decide access checked")
    unchecked = sum(report.clinic_id not in known for report in reports)
    if head is None:
        typer.echo(
            "WARNING: without --head it cannot be seen whether the end of a chain was cut off. It is cut off in a "
            "database file that was copied without its -wal file (docs/backup.md)",
            err=True,
        )
    elif unchecked:
        typer.echo(f"WARNING: {head} has no head of {unchecked} clinics: their ends were not checked", err=True)
    whole = "the ledger is" if known and not unchecked else "what is there of the ledger is"
    typer.echo(
        f"NOT AS SEALED: {findings} findings" if findings else f"{whole} as it was sealed, and access as it says"
    )
    if findings:
        raise typer.Exit(TAMPERED)
    if gaps:
        typer.echo(f"but for the known gap after a restore in {len(gaps)} clinics")
        raise typer.Exit(KNOWN_GAP)


async def _verify(settings: Settings, path: Path | None) -> tuple[list[Report], list[Report], Mapping[UUID, Head]]:
    """Return what was found of each clinic, in the ledger and in access, and the heads that it was compared with."""
    async with open_runtime(settings) as runtime:
        key = sealer_of(runtime).signer.public_key
        known = _known_heads(path, key)
        total = await count_rows(runtime.database)
        with progress_bar("rows") as begin:
            reports = await verify_all(runtime.database, key, known, begin(total))
        access = await check_access(runtime.database, runtime.bindings, access_checks(), runtime.clock())
        return reports, access, known


def access_checks() -> tuple[Check, ...]:
    """Return the check of every table that decides access."""
    return (*CHECKS, CHECK_CALENDARS, CHECK_EMERGENCIES, CHECK_SECRETS, CHECK_SERVICE_KEYS, CHECK_SUPPORT_TOKENS)


def _known_heads(path: Path | None, key: bytes) -> Mapping[UUID, Head]:
    if path is None:
        return {}
    found = read_heads(path.read_text("utf-8"))
    if found.public_key != key:
        msg = f"{path} was exported by an installation with another key"
        raise ValueError(msg)
    return found.by_clinic


@ledger_cli.command("check-proof")
def check_proof(
    proof: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The answer of GET /notes/{id}/proof.")],
    note: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The answer of GET /notes/{id}, to be checked too.")
    ] = None,
    key: Annotated[str | None, typer.Option(help="The public key to trust, in hexadecimal.")] = None,
    head: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Exported heads; their key is trusted.")
    ] = None,
) -> None:
    """Check the proof of a signed note, with no database and no master key.

    Exits with 0 if it is sound under a key that you trust, and with 3 if it is not. Exits with 4 if it is sound but you
    named no key.
    """
    try:
        seals = check_note_proof(_json(proof), _json(note) if note else None)
        _check_keys(seals, key, head)
    except ProofBroken as broken:
        typer.echo(f"NOT PROVEN: {broken}")
        raise typer.Exit(TAMPERED) from None
    what = "the note's content and who signed it" if note else "who signed the content with this hash"
    typer.echo(f"proven: {what}, under seal {', '.join(str(one.number) for one in seals)}")
    if key is None and head is None:
        typer.echo(f"BUT the proof brought its own key; compare it with the clinic's: {seals[0].public_key.hex()}")
        raise typer.Exit(UNSURE)


def _check_keys(seals: list[SealRow], key: str | None, path: Path | None) -> None:
    """Check a proof. Raises ProofBroken, ValueError."""
    exported = read_heads(path.read_text("utf-8")) if path else None
    trusted = {bytes.fromhex(key)} if key else set()
    for seal_row in seals if exported else ():
        assert exported is not None  # noqa: S101  narrows the type
        trusted.add(exported.public_key)
        known = exported.by_clinic.get(seal_row.clinic_id)
        if known is None or known.number < seal_row.number:
            raise ProofBroken(f"the exported heads do not reach seal {seal_row.number} of this clinic")
        if known.number == seal_row.number and known.head != seal_row.head:
            raise ProofBroken(f"seal {seal_row.number} is not the one that was exported")
    if trusted and not all({one.public_key} == trusted for one in seals):
        raise ProofBroken("it was signed with another key than the one you trust")


def _json(path: Path) -> Mapping[str, object]:
    found = json.loads(path.read_text("utf-8"))
    if not isinstance(found, dict):
        raise ProofBroken("it is not whole: a part is missing or cannot be read")
    return found
