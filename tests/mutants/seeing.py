"""What keeps things from who may not see them."""

from tests.mutants.mutant import CANARIES, EMERGENCIES, MATRIX, SAMENESS, SIGNING_IN, mutant

__all__ = ["SEEING"]

SEEING = (
    # ── which rows ──
    mutant(
        "the clinic filter of accounts is dropped",
        "access/visible.py",
        "return _with_key(table, *more).where(in_clinic(table), actor_is_current())",
        "return _with_key(table, *more).where(actor_is_current())",
        MATRIX,
    ),
    mutant(
        "the clinic filter of one query is dropped",
        "resources/people/emergencies/statements.py",
        ".where(in_clinic(_patients), visible(_patients.c.id), _patients.c.id",
        ".where(visible(_patients.c.id), _patients.c.id",
        SAMENESS,
    ),
    mutant(
        "who is not on the team sees the chart, and who is does not",
        "access/visible.py",
        "sa.and_(_scope_team, on_team)),",
        "sa.and_(_scope_team, ~on_team)),",
        MATRIX,
    ),
    mutant(
        "the team of any patient sees every chart",
        "access/visible.py",
        "            _team.c.patient_id == patient_id,\n            _team.c.account_id == _actor_id,",
        "            _team.c.account_id == _actor_id,",
        MATRIX,
    ),
    mutant(
        "an ended membership goes on",
        "access/visible.py",
        "team.c.started_at <= _now, team.c.ended_at.is_(None), sa.or_(",
        "team.c.started_at <= _now, sa.or_(",
        MATRIX,
    ),
    mutant(
        "a planned end, and the end of an emergency, is forgotten",
        "access/visible.py",
        "sa.or_(team.c.ends_at.is_(None), team.c.ends_at > _now)",
        "sa.true()",
        EMERGENCIES,
    ),
    mutant(
        "a token outlives its sign-in",
        "access/visible.py",
        "            sign_ins.c.revoked_at.is_(None),\n            accounts.c.state",
        "            accounts.c.state",
        MATRIX,
    ),
    mutant(
        "a token outlives the longest that a sign-in may last",
        "access/visible.py",
        "            sign_ins.c.expires_at > _now,\n",
        "",
        "tests/resources/people/test_sign_ins.py",
    ),
    mutant(
        "a sign-in that was left alone is gone on with by a step-up",
        "resources/people/sign_in/access_tokens.py",
        "if found is None or is_over(found, work.now):",
        "if found is None:",
        "tests/resources/people/test_sign_ins.py",
    ),
    mutant(
        "a token outlives the roles it was made with",
        "access/visible.py",
        "            accounts.c.state == AccountState.ACTIVE,\n            accounts.c.epoch == _epoch,",
        "            accounts.c.state == AccountState.ACTIVE,",
        SIGNING_IN,
    ),
    # ── the policy ──
    mutant(
        "an Action is not in the policy",
        "access/policy.py",
        "    A.NOTE_SIGN: _authors,\n",
        "",
        "tests/architecture/test_routes.py",
    ),
    mutant(
        "a role too many",
        "access/policy.py",
        "A.TIMELINE_READ: _patient_and_team,",
        "A.TIMELINE_READ: {**_admin, **_patient_and_team},",
        MATRIX,
    ),
    mutant(
        "a role too few",
        "access/policy.py",
        "A.NOTE_ADD_ADDENDUM: _team,",
        "A.NOTE_ADD_ADDENDUM: _clinicians,",
        MATRIX,
    ),
    mutant(
        "the role is not asked",
        "access/exchange.py",
        "if actor is not None and not work.role_is_granted:",
        "if actor is None and self.action not in PUBLIC:",
        MATRIX,
    ),
    mutant(
        "no fresh proof is asked for",
        "access/exchange.py",
        "            if self.action in STEP_UP:\n                work.require_fresh()\n",
        "",
        EMERGENCIES,
    ),
    mutant(
        "authorship is not asked",
        "resources/journal/notes/service.py",
        "if rule.by is By.AUTHOR and not is_author:",
        "if rule.by is By.AUTHOR and not is_author and row.author_id is None:",
        MATRIX,
    ),
    # ── what is private ──
    mutant(
        "private reflections are served to the team",
        "resources/journal/reflections/statements.py",
        "sa.and_(table.c.sharing == Sharing.SHARED, released))",
        "released)",
        CANARIES,
    ),
    mutant(
        "drafts are served to the team",
        "resources/journal/notes/statements.py",
        "            _is(table, NoteState.SIGNED, NoteState.AMENDED, NoteState.ENTERED_IN_ERROR),\n",
        "            sa.true(),\n",
        CANARIES,
    ),
    mutant(
        "unsigned notes are served to the patient",
        "resources/journal/notes/statements.py",
        "        _is(table, NoteState.SIGNED, NoteState.AMENDED),\n        sa.or_(table.c.sharing",
        "        sa.or_(table.c.sharing",
        CANARIES,
    ),
    mutant(
        "the supervisor's remarks are served to the patient",
        "resources/journal/notes/service.py",
        "        if not work.actor.is_patient\n",
        "",
        "tests/resources/journal/test_note_signatures.py",
    ),
    mutant(
        "the timeline shows what is not shared",
        "resources/views/timeline/statements.py",
        "        guards=(reflections.readable(table_of(ReflectionTable)),),\n",
        "",
        "tests/resources/journal/test_reflection_submissions.py",
    ),
    mutant(
        "the ledger shows what is private",
        "resources/oversight/ledger_view/statements.py",
        "        _ledger.c.is_private.is_(sa.false()),\n",
        "",
        "tests/resources/oversight/test_ledger_view.py",
    ),
    # ── references ──
    mutant(
        "a note's session may be another patient's",
        "resources/journal/notes/drafts.py",
        "    if body.patient_id not in {None, session.patient_id}:\n        raise NotFound\n",
        "",
        SAMENESS,
    ),
    mutant(
        "who is present may be of another clinic",
        "resources/care/sessions/service.py",
        "    await _check_accounts(work, body.people)\n",
        "",
        SAMENESS,
    ),
    mutant(
        "a strategy is found under another plan",
        "resources/journal/plans/statements.py",
        '        _strategies.c.plan_id == param("plan_id", _strategies.c.plan_id),\n',
        '        param("plan_id", _strategies.c.plan_id).is_not(None),\n',
        SAMENESS,
    ),
    mutant(
        "a patient's account is found before it is refused",
        "resources/people/accounts/statements.py",
        "        _accounts.c.patient_id.is_(None),  # a patient's",
        "        # a patient's",
        SAMENESS,
    ),
)
