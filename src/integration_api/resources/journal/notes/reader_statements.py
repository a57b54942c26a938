"""SQL expressions for the notes that somebody reads or answers for: by state, author, supervisor and successor."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.actor import Role
from integration_api.access.audience import declare
from integration_api.access.prose import reads_prose
from integration_api.access.tables import AccountState, AccountTable, CareTeamBasis, CareTeamRole, CareTeamTable
from integration_api.access.viewers import Rules, SeenBy, holds_role
from integration_api.access.visible import in_clinic, is_granted_now
from integration_api.ledger.changes import AT_ONCE, Changed, Channel
from integration_api.resources.journal.notes.tables import NoteRow, NoteState, NoteTable, SharingState
from integration_api.resources.people.consent_documents.purpose_statements import permits
from integration_api.resources.people.consent_documents.tables import ConsentPurpose
from integration_api.storage.statements import any_for_row
from integration_api.storage.tables import table_of

_notes, _accounts, _team = table_of(NoteTable), table_of(AccountTable), table_of(CareTeamTable)
_authors, _leavers, _leaver_team, _supervising_team = (
    _accounts.alias("note_author"),
    _accounts.alias("note_leaver"),
    _team.alias("note_leaver_team"),
    _team.alias("supervising_team"),
)
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_IS_SUPERVISOR = sa.bindparam("actor_is_supervisor", type_=sa.Boolean())
_IS_PROGRAM = sa.bindparam("actor_is_program", type_=sa.Boolean())
_NOW = sa.bindparam("now", type_=_team.c.ends_at.type)
_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())


def in_states(table: sa.FromClause, *states: NoteState) -> sa.ColumnElement[bool]:
    """Match a note in one of these states."""
    return sa.or_(*(table.c.state == state for state in states))


def supervises(patient_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match if the actor is a supervisor on this patient's care team now, other than by emergency access."""
    team = _supervising_team
    return (
        sa.select(sa.literal_column("1"))
        .where(
            team.c.clinic_id == _CLINIC_ID,
            team.c.patient_id == patient_id,
            team.c.account_id == _ACTOR_ID,
            team.c.role == CareTeamRole.SUPERVISOR,
            team.c.basis == CareTeamBasis.TEAM,
            _IS_SUPERVISOR,
            is_granted_now(team),
        )
        .exists()
    )


def _supervises_author(author_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match if the actor is the supervisor whom the author's account names."""
    return (
        sa.select(sa.literal_column("1"))
        .where(
            _authors.c.clinic_id == _CLINIC_ID,
            _authors.c.id == author_id,
            _authors.c.supervised_by == _ACTOR_ID,
            _IS_SUPERVISOR,
        )
        .exists()
    )


def signer_or_author(table: sa.FromClause) -> sa.ColumnElement[UUID]:
    """Return the account that answers for a note: its signer, or the author of a draft."""
    return sa.func.coalesce(table.c.signed_by_id, table.c.author_id)


def is_gone(patient_id: sa.ColumnElement[UUID], account_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match if an account is disabled, may write no notes any more, or is not on this patient's care team now."""
    return ~any_for_row(
        sa.select(sa.literal_column("1"))
        .select_from(
            _leavers.join(
                _leaver_team,
                sa.and_(_leaver_team.c.clinic_id == _leavers.c.clinic_id, _leaver_team.c.account_id == _leavers.c.id),
            )
        )
        .where(
            _leavers.c.clinic_id == _CLINIC_ID,
            _leavers.c.id == account_id,
            _leavers.c.state == AccountState.ACTIVE,
            holds_role(_leavers.c.roles, Role.THERAPIST, Role.PRESCRIBER),
            _leaver_team.c.patient_id == patient_id,
            is_granted_now(_leaver_team),
        )
    )


def _succeeds(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a note without a signature, whose author is gone and has named the actor as successor."""
    is_named = (
        sa.select(sa.literal_column("1"))
        .where(
            _authors.c.clinic_id == _CLINIC_ID,
            _authors.c.id == table.c.author_id,
            _authors.c.successor_id == _ACTOR_ID,
        )
        .exists()
    )
    return sa.and_(table.c.signed_by_id.is_(None), is_named, is_gone(table.c.patient_id, table.c.author_id))


def is_mine(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a note for which the actor answers: as its signer, the author of a draft, or the author's successor."""
    return sa.or_(signer_or_author(table) == _ACTOR_ID, _succeeds(table))


def is_left(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a note that is left to the actor, a supervisor on the team: who answers for it is gone."""
    holder = signer_or_author(table)
    return sa.and_(holder != _ACTOR_ID, supervises(table.c.patient_id), is_gone(table.c.patient_id, holder))


def readable(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Which notes of a chart that the actor may see are theirs to read.

    The patient: what is finally signed and not withheld now. Staff: their own, what is final, and what was filed. A
    supervisor of the patient's team also what waits for a co-signature, and drafts of authors who are gone. An author's
    own supervisor all drafts. The successor those of an author who is gone. Nobody: what was deleted. A prescriber of
    the team reads what is final only if the clinic lets prescribers read prose (POLICY).
    """
    for_staff = sa.and_(_SCOPE_PATIENT_ID.is_(None), sa.or_(*_staff_rules(table).values()))
    return sa.and_(table.c.deleted_at.is_(None), sa.or_(_for_patient(table), for_staff))


def shown_to_programs(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a note that the actor may be shown: a program, only a signed one of a patient who permits sharing."""
    signed = in_states(table, NoteState.SIGNED, NoteState.AMENDED, NoteState.ENTERED_IN_ERROR)
    return sa.or_(sa.not_(_IS_PROGRAM), sa.and_(signed, permits(table.c.patient_id, ConsentPurpose.SHARING)))


def _for_patient(table: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.and_(
        table.c.patient_id == _SCOPE_PATIENT_ID,
        in_states(table, NoteState.SIGNED, NoteState.AMENDED),
        sa.or_(table.c.sharing == SharingState.SHARED, table.c.withheld_until <= _NOW),
    )


def _staff_rules(table: sa.FromClause) -> Rules:
    return {
        SeenBy.AUTHOR: table.c.author_id == _ACTOR_ID,
        SeenBy.FINISHED: sa.and_(
            ~in_states(table, NoteState.DRAFT, NoteState.PENDING_COSIGN), reads_prose(table.c.patient_id)
        ),
        SeenBy.COSIGNER: sa.and_(in_states(table, NoteState.PENDING_COSIGN), supervises(table.c.patient_id)),
        SeenBy.SUPERVISOR: _supervises_author(table.c.author_id),
        SeenBy.RESPONSIBLE: is_mine(table),
        SeenBy.LEFT: is_left(table),
    }


def reader_rules(table: sa.FromClause) -> Rules:
    """Return the rules that `readable` is made of, each by itself."""
    is_there, is_staff = table.c.deleted_at.is_(None), _SCOPE_PATIENT_ID.is_(None)
    for_staff = {word: sa.and_(is_there, is_staff, rule) for word, rule in _staff_rules(table).items()}
    return {SeenBy.SHARED: sa.and_(is_there, _for_patient(table)), **for_staff}


def of_readable(table: sa.Table) -> sa.ColumnElement[bool]:
    """Match what belongs to a note that the actor may read."""
    return any_for_row(
        sa.select(sa.literal_column("1")).where(
            in_clinic(_notes),
            _notes.c.patient_id == table.c.patient_id,
            _notes.c.id == table.c.note_id,
            readable(_notes),
        )
    )


def audience(row: NoteRow, _: object) -> Iterator[Changed]:
    """Yield who may see a note at this point of its life: as `readable` says in SQL."""
    patient_id, state = row.patient_id, row.state
    if row.deleted_at is not None:
        return
    if state in (NoteState.DRAFT, NoteState.PENDING_COSIGN):
        yield Changed("note", row.id, Channel.DRAFTS, patient_id, row.author_id)
        if state is NoteState.PENDING_COSIGN:
            yield Changed("note", row.id, Channel.SUPERVISORS, patient_id)
        return
    yield Changed("note", row.id, Channel.TEAM, patient_id)
    since = AT_ONCE if row.sharing is SharingState.SHARED else row.withheld_until
    if state in (NoteState.SIGNED, NoteState.AMENDED) and since is not None:
        yield Changed("note", row.id, Channel.PATIENT, patient_id, visible_from=since)


declare(NoteTable, audience)
