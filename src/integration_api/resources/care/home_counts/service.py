"""Counts of what is left at home against what was given for it, and the refills that are asked for with them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import unseen_chart
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.rules import answer_due
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.resources.care.custody.rules import MILLI, count_findings, from_milli, to_milli
from integration_api.resources.care.custody.tables import ContainerRow
from integration_api.resources.care.doses.rules import DoseFinding, hits_of_findings
from integration_api.resources.care.home_counts import statements as sql
from integration_api.resources.care.home_counts.rules import RefillState, refill_findings
from integration_api.resources.care.home_counts.schemas import (
    HomeCount,
    HomeCountCreate,
    HomeCountFilter,
    HomeSupplied,
    HomeSupply,
    RefillDecide,
)
from integration_api.resources.care.home_counts.statements import SuppliedRow
from integration_api.resources.care.home_counts.tables import HomeCountRow
from integration_api.resources.people.clinics.rules import all_policies
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.patients.alerts import open_task, raise_alarm, say
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.prescribers import check_prescriber
from integration_api.resources.people.patients.service import load_patient
from integration_api.web.errors import Conflict
from integration_api.web.instants import credible_time, is_skewed
from integration_api.web.paging import Page, Window, first_rows

MAX_SUPPLIES = 100
_BEGINNING = datetime(1, 1, 2, tzinfo=UTC)


class NoRefillAsked(Conflict):
    """No refill is asked for with this count, or it is decided already."""

    code = "no-refill-asked"
    title = "No refill to decide"
    remedy = "Offer the decision if `refill_state` is `requested`. The patient can count and ask again."


class _AtHome(NamedTuple):
    """The drugs that should be at home at a time."""

    expected_milli: int
    earliest_refill_at: datetime | None
    supplies: list[SuppliedRow]
    containers: Mapping[UUID, ContainerRow]
    is_whole: bool


async def read_home_supply(work: Work, patient_id: UUID) -> HomeSupply:
    """Return what a patient was given for home, and what should be left. Raises NotFound."""
    patient = await load_patient(work, patient_id)
    home = await _at_home(work, patient.id, work.now)
    work.record(patient_id=patient.id)
    return HomeSupply(
        patient_id=patient.id,
        expected_mg=from_milli(home.expected_milli),
        earliest_refill_at=home.earliest_refill_at,
        is_whole=home.is_whole,
        supplies=[_present_supply(row, home.containers[row.container_id]) for row in home.supplies],
    )


async def list_home_counts(work: Work, window: Window, only: HomeCountFilter) -> Page[HomeCount]:
    """List the counts of one chart, or of every chart that the actor may see; the latest first."""
    return await list_charts(work, sql.HOME_COUNTS, window, only, present)


async def create_home_count(work: Work, body: HomeCountCreate) -> HomeCount:
    """Keep a count, compare it with what should be left, and tell the team. Raises NotFound, IdTaken."""
    happened_at = credible_time(body.counted_at, work.now)
    home = await _at_home(work, body.patient_id, happened_at)
    values = new_values(work, body)
    del values["counted_mg"], values["asks_refill"]
    row = HomeCountRow(
        **values,
        happened_at=happened_at,
        counted_milli=to_milli(body.counted_mg),
        expected_milli=home.expected_milli,
        counted_by_id=work.actor.id,
        refill_state=RefillState.REQUESTED if body.asks_refill else None,
        earliest_refill_at=home.earliest_refill_at,
    )
    work.create(sql.INSERT_HOME_COUNT, row, missed=unseen_chart)
    work.record(row.id, row.patient_id)
    return present(row, await _tell(work, row))


async def read_home_count(work: Work, home_count_id: UUID) -> HomeCount:
    """Return one count. Raises NotFound."""
    row = await work.get(sql.READ_HOME_COUNT, id=home_count_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def decide_refill(work: Work, home_count_id: UUID, body: RefillDecide, expected_version: int) -> HomeCount:
    """Approve or decline a refill, as a prescriber of the care team, and tell the patient.

    Raises NotFound, StaleVersion, NoRefillAsked, EmergencyOnly, LicenceEnded.
    """
    row = await work.get(sql.READ_HOME_COUNT, id=home_count_id)
    await check_prescriber(work, row.patient_id)
    check_version(row, expected_version)
    if row.refill_state is not RefillState.REQUESTED:
        raise NoRefillAsked
    decided = {
        "refill_state": RefillState(body.decision),
        "decided_at": work.now,
        "decided_by_id": work.actor.id,
        "decided_reason": body.reason,
    }
    changed = work.revise(sql.DECIDE_REFILL, row, decided)
    worklist.settle(work, row.patient_id, row.id, TaskKind.REFILL_TO_DECIDE)
    inbox.tell_patient(work, row.patient_id, InboxKind.REFILL_DECIDED, row.id)
    work.record(row.id, row.patient_id)
    return present(changed)


async def _at_home(work: Work, patient_id: UUID, until: datetime) -> _AtHome:
    """Return what should be at home: the last count, what was given since, less the doses at home since."""
    asked = {"patient_id": patient_id}
    before = {**first_rows(1), "cursor_at": until, "cursor_id": UUID(int=0)}
    last = await work.part(sql.COUNT_BEFORE, **asked, **before)
    since, left = (last[0].happened_at, last[0].counted_milli) if last else (_BEGINNING, 0)
    rows = await work.part(sql.LIST_SUPPLIES, **asked, **first_rows(MAX_SUPPLIES))
    found = await work.part(sql.CONTAINERS_OF_SUPPLIES, **asked, page_rows=MAX_SUPPLIES + 1)
    containers = {row.id: row for row in found}
    doses = await work.part(sql.DOSES_AT_HOME, **asked, since=since, until=until)
    standing = [row for row in rows if row.reversed_by_id is None and row.recorded_at <= until]
    given = sum(
        round(-row.change_milli * containers[row.container_id].mg_per_unit_milli / MILLI)
        for row in standing
        if row.recorded_at > since
    )
    return _AtHome(
        left + given - sum(to_milli(dose.amount_mg) for dose in doses),
        max((row.recorded_at + timedelta(days=row.days_supply or 0) for row in standing), default=None),
        rows[:MAX_SUPPLIES],
        containers,
        len(rows) <= MAX_SUPPLIES and len(doses) < sql.MAX_DOSES,
    )


async def _tell(work: Work, row: HomeCountRow) -> Monitoring | None:
    """Raise the flag of a count that is remarked, and open the task of a refill that is asked for.

    Of another count, the team reads what the patient counted.
    """
    hits, origin = hits_of_findings(_findings(row)), Origin(FlagOrigin.HOME_COUNT, row.id)
    asks_refill = row.refill_state is not None
    kind = TaskKind.REFILL_TO_DECIDE if asks_refill else TaskKind.HOME_COUNT_TO_READ
    if work.actor.is_patient:
        told = await open_task(work, row.patient_id, kind, row.id) if asks_refill or not hits else None
        if hits:
            told = await raise_alarm(work, row.patient_id, origin, hits, reading=told)
        return say(work, told) if told is not None else None
    await raise_flags(work, row.patient_id, origin, hits)
    if asks_refill:
        due_at = answer_due(all_policies((await load_clinic(work)).policies), Urgency.ROUTINE, work.now)
        await worklist.open_for_team(work, row.patient_id, kind, row.id, due_at)
    return None


def _findings(row: HomeCountRow) -> list[DoseFinding]:
    found = count_findings(row.counted_milli - row.expected_milli, "mg")
    if row.refill_state is not None:
        found += refill_findings(row.happened_at, row.earliest_refill_at)
    return found


def present(row: HomeCountRow, monitoring: Monitoring | None = None) -> HomeCount:
    """Return a count with what is derived of it."""
    return HomeCount.of(
        row,
        counted_mg=from_milli(row.counted_milli),
        expected_mg=from_milli(row.expected_milli),
        clock_skewed=is_skewed(row.counted_at, row.happened_at),
        findings=_findings(row),
        monitoring=monitoring,
    )


def _present_supply(row: SuppliedRow, container: ContainerRow) -> HomeSupplied:
    return HomeSupplied.of(
        container,
        id=row.id,
        mg_per_unit=from_milli(container.mg_per_unit_milli),
        amount=from_milli(-row.change_milli),
        days_supply=row.days_supply,
        dispensed_at=row.recorded_at,
        dispensed_by_id=row.recorded_by_id,
        reversed_by_id=row.reversed_by_id,
    )
