"""Sending, reading and handling safeguarding reports.

Writes answer without a word of the report: a stored response is under the clinic's key, and the report under its own.
Nothing here waits for a dose, opens a hold or a task, or is counted: each of them would betray it.
"""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from integration_api.access.notices import tell_account
from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.work import Work
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.safeguarding_reports import operations
from integration_api.resources.people.safeguarding_reports import statements as sql
from integration_api.resources.people.safeguarding_reports.designations import load_designation
from integration_api.resources.people.safeguarding_reports.rules import (
    NEXT,
    Handlers,
    SafeguardingPlace,
    SafeguardingSubject,
    SafeguardingTold,
    handlers_of,
)
from integration_api.resources.people.safeguarding_reports.schemas import (
    SafeguardingReceipt,
    SafeguardingReport,
    SafeguardingReportCreate,
    SafeguardingReportFilter,
    SafeguardingReportItem,
    SafeguardingReportSent,
    SafeguardingReportUpdate,
)
from integration_api.resources.people.safeguarding_reports.statements import SeenDesignation
from integration_api.resources.people.safeguarding_reports.tables import (
    ReportFacts,
    SafeguardingReportFactsRow,
    SafeguardingReportRow,
    SafeguardingState,
)
from integration_api.web.errors import Conflict, IllegalTransition, Member
from integration_api.web.paging import Page, Window


class IllegalSafeguardingStep(IllegalTransition):
    """A report cannot go from its state to this one."""

    code = "illegal-safeguarding-step"
    title = "Not from this state"
    remedy = "Offer the states in `allowed`."
    members = {"allowed": Member(list[SafeguardingState], "The states that may follow.", [SafeguardingState.TRIAGE])}


class NobodyToReceive(Conflict):
    """The clinic has designated nobody who is not named in the report."""

    code = "nobody-to-receive"
    title = "Nobody to receive it"
    remedy = "Ask an admin to designate another lead or deputy. Do not say why."


async def send_safeguarding_report(work: Work, body: SafeguardingReportCreate) -> SafeguardingReportSent:
    """Send a report to the lead and the deputy, as far as neither is named in it."""
    clinic, designation = await load_clinic(work), await load_designation(work)
    handlers = _handlers(designation, body.named_account_ids)
    row = SafeguardingReportRow(
        **new_values(work, body),
        reporter_id=work.actor.id,
        lead_id=handlers.lead_id,
        deputy_id=handlers.deputy_id,
        moved_at=work.now,
        facts=_facts(body),
    )
    work.new_vault_key(row.id)
    work.create(sql.INSERT_REPORT, row)
    _tell(work, row.id, handlers)
    work.record(row.id)
    work.runtime.remember_country(clinic.id, clinic.country)
    return SafeguardingReportSent.of(
        row,
        told=handlers.told,
        outside_contact=designation.terms["outside_contact"],
        crisis_resources=[*crisis_resources(clinic.country)],
    )


async def list_safeguarding_reports(
    work: Work, window: Window, only: SafeguardingReportFilter
) -> Page[SafeguardingReportItem]:
    """List the reports that the actor sent, or received as the lead or the deputy; newest first, without texts."""
    read = sql.LIST_AS_REPORTER
    if only.place is SafeguardingPlace.LEAD:
        read = sql.LIST_AS_LEAD
    elif only.place is SafeguardingPlace.DEPUTY:
        read = sql.LIST_AS_DEPUTY
    found = await work.page(read, window, lambda row: (row.created_at, row.id), partial(_present_item, work))
    work.record()
    return found


async def read_safeguarding_report(work: Work, safeguarding_report_id: UUID) -> SafeguardingReport:
    """Return one report with its text. Raises NotFound."""
    row = await work.get(sql.READ_REPORT, id=safeguarding_report_id)
    work.record(row.id)
    is_handler = work.actor.id in (row.lead_id, row.deputy_id)
    return SafeguardingReport.of(row, **_shown(work, row), handling=row.handling if is_handler else None)


async def update_safeguarding_report(
    work: Work, safeguarding_report_id: UUID, body: SafeguardingReportUpdate, expected_version: int
) -> SafeguardingReceipt:
    """Move a report on, and write the handlers' notes. Raises NotFound, StaleVersion, IllegalSafeguardingStep."""
    row = await work.get(sql.READ_HANDLED_REPORT, id=safeguarding_report_id)
    check_version(row, expected_version)
    given = changed_values(body, vars(row))
    state = given.get("state", row.state)
    if state is not row.state:
        if state not in NEXT[row.state]:
            raise IllegalSafeguardingStep(extra={"allowed": sorted(NEXT[row.state])})
        given["moved_at"] = work.now
    changed = work.revise(sql.UPDATE_REPORT, row, given)
    work.record(row.id)
    return SafeguardingReceipt.of(changed)


async def hand_over_safeguarding_report(
    work: Work, safeguarding_report_id: UUID, expected_version: int
) -> SafeguardingReceipt:
    """Give a report to the lead and the deputy whom the clinic has designated since, as far as neither is named.

    Raises NotFound, StaleVersion, NobodyToReceive.
    """
    row = await work.get(sql.READ_HANDLED_REPORT, id=safeguarding_report_id)
    check_version(row, expected_version)
    handlers = _handlers(await load_designation(work), _named(row))
    if handlers.told is SafeguardingTold.NOBODY:
        raise NobodyToReceive
    changed = work.revise(sql.HAND_OVER_REPORT, row, handlers._asdict())
    _tell(work, row.id, handlers, known=(row.lead_id, row.deputy_id))
    work.record(row.id)
    return SafeguardingReceipt.of(changed)


def _present_item(work: Work, row: SafeguardingReportFactsRow) -> SafeguardingReportItem:
    return SafeguardingReportItem.of(row, **_shown(work, row))


def _handlers(designation: SeenDesignation, named: list[UUID]) -> Handlers:
    lead_id = designation.lead_id if designation.lead_stands else None
    deputy_id = designation.deputy_id if designation.deputy_stands else None
    return handlers_of(lead_id, deputy_id, named)


def _tell(work: Work, report_id: UUID, handlers: Handlers, known: Collection[UUID | None] = ()) -> None:
    """Send a notice to each handler but the actor and those who have the report, which does not say who sent it."""
    for account_id in (handlers.lead_id, handlers.deputy_id):
        if account_id is not None and account_id != work.actor.id and account_id not in known:
            tell_account(work, account_id, operations.SEND_SAFEGUARDING_REPORT.recorded, report_id, names_actor=False)


def _facts(body: SafeguardingReportCreate) -> ReportFacts:
    return {
        "about": body.about.value,
        "named_account_ids": [str(one) for one in dict.fromkeys(body.named_account_ids)],
        "immediate_danger": body.immediate_danger,
        "wants_contact": body.wants_contact,
        "is_anonymous": body.is_anonymous,
    }


def _shown(work: Work, row: SafeguardingReportFactsRow) -> dict[str, object]:
    """Return what a report shows of its facts; the reporter of an anonymous one to nobody else."""
    is_yours = row.reporter_id == work.actor.id
    is_hidden = row.facts["is_anonymous"] and not is_yours
    return {
        **row.facts,
        "about": SafeguardingSubject(row.facts["about"]),
        "named_account_ids": _named(row),
        "is_yours": is_yours,
        "reporter_id": None if is_hidden else row.reporter_id,
    }


def _named(row: SafeguardingReportFactsRow) -> list[UUID]:
    return [UUID(one) for one in row.facts["named_account_ids"]]
