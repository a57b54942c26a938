"""Grants: an author lets a supervisor read one psychotherapy note for a time."""

from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.reads import StartAgain
from integration_api.access.references import not_found, referred_by
from integration_api.access.tables import AccountRow, AccountState
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.journal.psychotherapy_notes import grant_statements as sql
from integration_api.resources.journal.psychotherapy_notes import statements as notes_sql
from integration_api.resources.journal.psychotherapy_notes.rules import MAX_GRANT_DAYS, MAX_GRANTS, is_possible_end
from integration_api.resources.journal.psychotherapy_notes.schemas import (
    PsychotherapyGrant,
    PsychotherapyGrantCreate,
    PsychotherapyGrantItem,
)
from integration_api.resources.journal.psychotherapy_notes.tables import PsychotherapyGrantRow
from integration_api.resources.people.accounts.service import load_account
from integration_api.web.errors import Conflict, Invalid, NotFound
from integration_api.web.paging import Page, Window


class GrantStands(Conflict):
    """This account has a grant of this note that stands."""

    code = "grant-stands"
    title = "Granted already"
    remedy = "Show the grant that is there. To change when it ends, revoke it and give another."


class TooManyGrants(Conflict):
    """A psychotherapy note has at most 20 grants that stand at once."""

    code = "too-many-grants"
    title = "Too many grants"
    remedy = "Revoke one that is no longer needed."


async def add_psychotherapy_note_grant(
    work: Work, psychotherapy_note_id: UUID, body: PsychotherapyGrantCreate
) -> PsychotherapyGrantItem:
    """Let a supervisor read one of the actor's notes. Raises NotFound, Invalid, GrantStands, TooManyGrants."""
    note = await work.get(notes_sql.READ_OWN, id=psychotherapy_note_id)
    if not is_possible_end(body.until, work.now):
        message = f"must be later than now, by at most {MAX_GRANT_DAYS} days"
        raise Invalid(errors=[{"field": "body.until", "code": "out_of_range", "message": message}])
    account = await _load_supervisor(work, body.account_id)
    state = await work.get(sql.READ_GRANT_STATE, note_id=note.id, account_id=body.account_id)
    if state.stands:
        raise GrantStands
    if state.standing >= MAX_GRANTS:
        raise TooManyGrants
    row = PsychotherapyGrantRow(
        clinic_id=note.clinic_id,
        id=new_id(),
        note_id=note.id,
        author_id=note.author_id,
        domain_id=note.domain_id,
        ordinal=state.last_ordinal + 1,
        created_at=work.now,
        ends_at=body.until,
        terms={"reason": body.reason},
        **body.model_dump(include={"account_id"}),
    )
    conflicts = {"uq_psychotherapy_grants_ordinal": StartAgain}
    work.change(sql.INSERT_GRANT, row, missed=StartAgain, conflicts=conflicts, roles_before=account.roles)
    work.record(note.id)
    return present(row)


async def list_psychotherapy_note_grants(
    work: Work, psychotherapy_note_id: UUID, window: Window
) -> Page[PsychotherapyGrant]:
    """List every grant of one of the actor's notes, newest first. Raises NotFound."""
    found = await work.page(
        sql.LIST_GRANTS,
        window,
        lambda row: (row.created_at, row.id),
        _present_whole,
        note_id=psychotherapy_note_id,
    )
    if not found.items:
        await work.get(notes_sql.READ_OWN, id=psychotherapy_note_id)
    work.record(psychotherapy_note_id)
    return found


async def revoke_psychotherapy_note_grant(work: Work, psychotherapy_note_id: UUID, grant_id: UUID) -> None:
    """End a grant that stands. Raises NotFound."""
    row = await work.get(sql.READ_GRANT, note_id=psychotherapy_note_id, id=grant_id)
    revoked = row.model_copy(update={"revoked_at": work.now})
    work.change(sql.REVOKE_GRANT, revoked, before=row, missed=NotFound)
    work.record(psychotherapy_note_id)


async def standing_grants(work: Work, note_id: UUID) -> list[PsychotherapyGrantRow]:
    """Return the grants of one of the actor's notes that stand, for those who are to be told of a change."""
    return await work.part(sql.LIST_STANDING, note_id=note_id)


async def _load_supervisor(work: Work, account_id: UUID) -> AccountRow:
    """Return another active account with the role of a supervisor. Raises NotFound, Invalid."""
    with referred_by("account_id"):
        account = await load_account(work, account_id)
    if account.patient_id is not None:
        raise not_found("account_id")
    is_another = account_id != work.actor.id and account.state is AccountState.ACTIVE
    if not is_another or Role.SUPERVISOR not in account.roles:
        message = "must be another active account with the role of a supervisor"
        raise Invalid(errors=[{"field": "body.account_id", "code": "not_a_supervisor", "message": message}])
    return account


def present(row: PsychotherapyGrantRow) -> PsychotherapyGrantItem:
    return PsychotherapyGrantItem.of(row, until=row.ends_at)


def _present_whole(row: PsychotherapyGrantRow) -> PsychotherapyGrant:
    return PsychotherapyGrant.of(row, until=row.ends_at, reason=row.terms["reason"])
