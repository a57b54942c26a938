"""Findings about what the database says and what commands did: seals, heads, backups, webhooks, clocks."""

from collections.abc import Iterator
from datetime import datetime

from integration_api.ledger.sealer import MAX_CLOCK_DIFFERENCE
from integration_api.operating.doctor.findings import DAY, HOUR, Finding, age
from integration_api.settings import Settings
from integration_api.storage.migrations import latest_revision
from integration_api.storage.run_records import Run, RunRecord
from integration_api.telemetry.state import State

MAX_SEAL_LAG_SECONDS = 15 * 60
"""A sweep gives every row its place within ten minutes."""
MAX_BACKUP_AGE_SECONDS = 26 * HOUR
MAX_HEADS_AGE_SECONDS = 3 * HOUR
MAX_VERIFIED_AGE_SECONDS = 8 * DAY
MAX_WEBHOOK_WAIT_SECONDS = HOUR
_REVISION_DAY = slice(0, 10)
_COMMANDS = {
    Run.BACKUP: ("backup", "backup of the database", "integration-api backup FILE", MAX_BACKUP_AGE_SECONDS),
    Run.BACKUP_CHECK: (
        "backup-check",
        "trial of a backup",
        "integration-api backup --check FILE",
        MAX_BACKUP_AGE_SECONDS,
    ),
    Run.HEADS: (
        "heads",
        "export of the ledger's heads",
        "integration-api ledger heads --out FILE",
        MAX_HEADS_AGE_SECONDS,
    ),
    Run.VERIFY: (
        "verify",
        "check of the ledger",
        "integration-api ledger verify --head FILE",
        MAX_VERIFIED_AGE_SECONDS,
    ),
}


def clock_findings(now: datetime) -> Iterator[Finding]:
    """Yield if this machine's clock is before the day on which the program was made."""
    made_on = latest_revision()[_REVISION_DAY].replace("_", "-")
    if now.date().isoformat() < made_on:
        yield Finding(
            "clock-wrong",
            f"The clock of this machine says {now.date()}, and this program was made on {made_on}.",
            "Set the clock, and let it be kept by NTP. Codes, tokens and the order of the ledger depend on it.",
        )


def state_findings(state: State) -> Iterator[Finding]:
    """Yield what is wrong by the state of the database."""
    if state.sealed_ahead_seconds > MAX_CLOCK_DIFFERENCE.total_seconds():
        yield Finding(
            "clock-behind",
            f"The newest seal was made {age(state.sealed_ahead_seconds)} from now, by the clock of this machine.",
            "Compare the clocks of all machines that serve this database, and let them be kept by NTP.",
        )
    lag = state.unsealed.seconds(state.at)
    if lag > MAX_SEAL_LAG_SECONDS:
        yield Finding(
            "seals-overdue",
            f"{state.unsealed.waiting:,} rows of the ledger are not sealed, the oldest for {age(lag)}.",
            "Is a server running? See INTEGRATION_API_SEAL_SECONDS and `sealing_failed` in its log; then "
            "`integration-api ledger seal`.",
        )
    waiting = state.undelivered.seconds(state.at)
    if waiting > MAX_WEBHOOK_WAIT_SECONDS:
        yield Finding(
            "webhooks-waiting",
            f"{state.undelivered.waiting:,} messages of webhooks wait, the oldest for {age(waiting)}.",
            "Look at `GET /v1/webhooks` for the one that fails. They are sent again by themselves for three days.",
        )


def run_findings(settings: Settings, state: State) -> Iterator[Finding]:
    """Yield each command that did not run here lately, or that found something. A PostgreSQL is backed up otherwise."""
    for run, (code, name, command, most) in _COMMANDS.items():
        if run in (Run.BACKUP, Run.BACKUP_CHECK) and not settings.is_embedded:
            continue
        yield from _run_findings(state.runs.get(run), state.at, code, name, command, most)


def _run_findings(
    record: RunRecord | None, now: datetime, code: str, name: str, command: str, most: float
) -> Iterator[Finding]:
    if record is None:
        yield Finding(f"{code}-never", f"No {name} was made with this data folder.", f"{command}, by a timer.")
        return
    if not record.is_done:
        yield Finding(f"{code}-failed", f"The last {name} was not done.", f"{command}: it says why.")
    if record.findings:
        yield Finding(
            f"{code}-found",
            f"The last {name} found that {record.findings:,} things are not as they should be.",
            f"{command}: it names them. docs/runbook.md says what to do.",
        )
    elif record.at and (seconds := now.timestamp() - record.seconds) > most:
        yield Finding(f"{code}-old", f"The last {name} was {age(seconds)} ago.", f"{command}, by a timer.")
