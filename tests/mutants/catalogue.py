"""Protections, each taken out by a small change of one file, and the tests that must see it."""

from typing import NamedTuple

__all__ = ["MUTANTS", "Mutant"]

SOURCE = "src/integration_api/"
MATRIX, SAMENESS = "tests/matrix/test_matrix.py", "tests/matrix/test_sameness.py"
CANARIES, TRACES = "tests/matrix/test_canaries.py", "tests/matrix/test_traces.py"
BODIES, HEADERS = "tests/matrix/test_bodies.py", "tests/matrix/test_headers.py"
EMERGENCIES, SIGNING_IN = "tests/resources/test_emergencies.py", "tests/access/test_signing_in.py"


class Mutant(NamedTuple):
    """`before` stands in the file exactly once; with `after` in its place one of `tests` must fail."""

    name: str
    path: str
    before: str
    after: str
    tests: tuple[str, ...]


def _mutant(name: str, path: str, before: str, after: str, *tests: str) -> Mutant:
    return Mutant(name, SOURCE + path, before, after, tests)


MUTANTS = (
    # ── which rows ──
    _mutant(
        "the clinic filter of accounts is dropped",
        "access/visible.py",
        "return _with_key(table, *more).where(in_clinic(table), actor_is_current())",
        "return _with_key(table, *more).where(actor_is_current())",
        MATRIX,
    ),
    _mutant(
        "the clinic filter of one query is dropped",
        "resources/emergencies/statements.py",
        ".where(in_clinic(_patients), visible(_patients.c.id), _patients.c.id",
        ".where(visible(_patients.c.id), _patients.c.id",
        SAMENESS,
    ),
    _mutant(
        "who is not on the team sees the chart, and who is does not",
        "access/visible.py",
        "sa.and_(_scope_team, on_team)),",
        "sa.and_(_scope_team, ~on_team)),",
        MATRIX,
    ),
    _mutant(
        "the team of any patient sees every chart",
        "access/visible.py",
        "            _team.c.patient_id == patient_id,\n            _team.c.account_id == _actor_id,",
        "            _team.c.account_id == _actor_id,",
        MATRIX,
    ),
    _mutant(
        "an ended membership goes on",
        "access/visible.py",
        "team.c.started_at <= _now, team.c.ended_at.is_(None), sa.or_(",
        "team.c.started_at <= _now, sa.or_(",
        MATRIX,
    ),
    _mutant(
        "a planned end, and the end of an emergency, is forgotten",
        "access/visible.py",
        "sa.or_(team.c.ends_at.is_(None), team.c.ends_at > _now)",
        "sa.true()",
        EMERGENCIES,
    ),
    _mutant(
        "a token outlives its sign-in",
        "access/visible.py",
        "            sign_ins.c.revoked_at.is_(None),\n            accounts.c.state",
        "            accounts.c.state",
        MATRIX,
    ),
    _mutant(
        "a token outlives the longest that a sign-in may last",
        "access/visible.py",
        "            sign_ins.c.expires_at > _now,\n",
        "",
        "tests/access/test_sign_ins.py",
    ),
    _mutant(
        "a sign-in that was left alone is gone on with by a step-up",
        "resources/accounts/proving.py",
        "if found is None or is_over(found, work.now):",
        "if found is None:",
        "tests/access/test_sign_ins.py",
    ),
    _mutant(
        "a token outlives the roles it was made with",
        "access/visible.py",
        "            accounts.c.state == AccountState.ACTIVE,\n            accounts.c.epoch == _epoch,",
        "            accounts.c.state == AccountState.ACTIVE,",
        SIGNING_IN,
    ),
    # ── the policy ──
    _mutant(
        "an Action is not in the policy",
        "access/policy.py",
        "    A.NOTE_SIGN: _authors,\n",
        "",
        "tests/architecture/test_routes.py",
    ),
    _mutant(
        "a role too many",
        "access/policy.py",
        "A.TIMELINE_READ: _patient_and_team,",
        "A.TIMELINE_READ: {**_admin, **_patient_and_team},",
        MATRIX,
    ),
    _mutant(
        "a role too few",
        "access/policy.py",
        "A.NOTE_ADD_ADDENDUM: _team,",
        "A.NOTE_ADD_ADDENDUM: _clinicians,",
        MATRIX,
    ),
    _mutant(
        "the role is not asked",
        "access/exchange.py",
        "if actor is not None and not work.role_is_granted:",
        "if actor is None and self.action not in PUBLIC:",
        MATRIX,
    ),
    _mutant(
        "no fresh proof is asked for",
        "access/exchange.py",
        "            if self.action in STEP_UP:\n                work.require_fresh()\n",
        "",
        EMERGENCIES,
    ),
    _mutant(
        "authorship is not asked",
        "resources/notes/service.py",
        "if rule.by is By.AUTHOR and not is_author:",
        "if rule.by is By.AUTHOR and not is_author and row.author_id is None:",
        MATRIX,
    ),
    # ── what is private ──
    _mutant(
        "private reflections are served to the team",
        "resources/reflections/statements.py",
        "sa.and_(table.c.sharing == Sharing.SHARED, released))",
        "released)",
        CANARIES,
    ),
    _mutant(
        "drafts are served to the team",
        "resources/notes/statements.py",
        "            _is(table, NoteState.SIGNED, NoteState.AMENDED, NoteState.ENTERED_IN_ERROR),\n",
        "            sa.true(),\n",
        CANARIES,
    ),
    _mutant(
        "unsigned notes are served to the patient",
        "resources/notes/statements.py",
        "        _is(table, NoteState.SIGNED, NoteState.AMENDED),\n        sa.or_(table.c.sharing",
        "        sa.or_(table.c.sharing",
        CANARIES,
    ),
    _mutant(
        "the supervisor's remarks are served to the patient",
        "resources/notes/service.py",
        "        if not work.actor.is_patient\n",
        "",
        "tests/resources/test_note_signing.py",
    ),
    _mutant(
        "the timeline shows what is not shared",
        "resources/timeline/statements.py",
        "        guards=(reflections.readable(table_of(ReflectionTable)),),\n",
        "",
        "tests/resources/test_reflection_sharing.py",
    ),
    _mutant(
        "the ledger shows what is private",
        "resources/ledger_view/statements.py",
        "            _ledger.c.is_private.is_(sa.false()),\n",
        "",
        "tests/resources/test_ledger_view.py",
    ),
    # ── references ──
    _mutant(
        "a note's session may be another patient's",
        "resources/notes/drafting.py",
        "    if body.patient_id not in {None, session.patient_id}:\n        raise NotFound\n",
        "",
        SAMENESS,
    ),
    _mutant(
        "who is present may be of another clinic",
        "resources/sessions/service.py",
        "    await _check_accounts(work, body.people)\n",
        "",
        SAMENESS,
    ),
    _mutant(
        "a strategy is found under another plan",
        "resources/plans/statements.py",
        '        _strategies.c.plan_id == param("plan_id", _strategies.c.plan_id),\n',
        '        param("plan_id", _strategies.c.plan_id).is_not(None),\n',
        SAMENESS,
    ),
    _mutant(
        "a patient's account is found before it is refused",
        "resources/accounts/statements.py",
        "        _accounts.c.patient_id.is_(None),  # a patient's",
        "        # a patient's",
        SAMENESS,
    ),
    # ── what nobody may do ──
    _mutant(
        "unknown parameters are ignored",
        "access/exchange.py",
        "if query and not self.operation.query_names.issuperset(self.request.query_params):",
        "if query and self.operation is None:",
        "tests/matrix/test_protocol.py",
    ),
    _mutant(
        "an admin invites patients unseen",
        "resources/patients/service.py",
        "        tell_role(work, Role.PRIVACY_OFFICER, Event.INVITATION_CREATED, patient.id, patient.id)\n",
        "        pass\n",
        EMERGENCIES,
    ),
    _mutant(
        "a patient's password is reset unseen",
        "resources/accounts/passwords.py",
        "        tell_role(work, Role.PRIVACY_OFFICER, Event.PASSWORD_RESET_BEGUN, row.id, row.patient_id)\n",
        "        pass\n",
        EMERGENCIES,
    ),
    _mutant(
        "unknown fields are ignored",
        "core/schemas.py",
        'model_config = ConfigDict(extra="forbid")',
        'model_config = ConfigDict(extra="ignore")',
        BODIES,
    ),
    _mutant(
        "an admin changes their own roles",
        "resources/accounts/service.py",
        "    if is_access and account_id == work.actor.id:\n        raise NotYourOwnRoles\n",
        "",
        SIGNING_IN,
    ),
    _mutant(
        "an admin puts themselves on a care team",
        "resources/patients/service.py",
        "    if body.account_id == work.actor.id:\n        raise NotYourOwnGrant\n",
        "",
        EMERGENCIES,
    ),
    _mutant(
        "an admin's program puts them on a care team",
        "resources/patients/service.py",
        "    if work.actor.is_service and Role.CLINIC_ADMIN in account.roles:  # who may have made the program\n"
        "        raise NotByProgram\n",
        "",
        "tests/resources/test_service_accounts.py",
    ),
    _mutant(
        "a program invites and grants unseen",
        "resources/patients/service.py",
        "    return Role.CLINIC_ADMIN in work.actor.roles or work.actor.is_service\n",
        "    return Role.CLINIC_ADMIN in work.actor.roles\n",
        "tests/resources/test_service_accounts.py",
    ),
    _mutant(
        "emergency access decides who is on the team",
        "access/visible.py",
        "            team.c.basis == CareTeamBasis.TEAM,\n",
        "",
        EMERGENCIES,
    ),
    _mutant(
        "who looks in for a few hours is waited for",
        "resources/worklist/statements.py",
        "        _team.c.basis == CareTeamBasis.TEAM,  # whoever",
        "        # whoever",
        EMERGENCIES,
    ),
    _mutant(
        "a privacy officer reviews their own emergency",
        "resources/emergencies/service.py",
        "    if row.account_id == work.actor.id:\n        raise NotYourOwnEmergency\n",
        "",
        EMERGENCIES,
    ),
    _mutant(
        "nobody is told of an emergency",
        "resources/emergencies/service.py",
        "    tell_role(work, Role.PRIVACY_OFFICER, Event.CARE_TEAM_EMERGENCY_OPENED, row.id, chart.id)\n",
        "",
        EMERGENCIES,
    ),
    _mutant(
        "a signed token of any algorithm and kind is taken",
        "access/authenticate.py",
        '                    "verify_exp": False,',
        '                    "verify_signature": False, "verify_exp": False,',
        SIGNING_IN,
    ),
    # ── what is left behind ──
    _mutant(
        "a read leaves no row",
        "access/work.py",
        "            if ledger:\n                await self.runtime.database.append(INSERT_LEDGER, ledger)\n",
        "",
        TRACES,
    ),
    _mutant(
        "a refusal leaves no row",
        "access/exchange.py",
        "        if refusal.status not in (403, 404) or self.action in UNRECORDED:\n",
        "        if refusal.status != 403 or self.action in UNRECORDED:\n",
        TRACES,
    ),
    _mutant(
        "sealed text is not bound to its place",
        "core/vault.py",
        '    return _column(table, column) + row_id.bytes + version.to_bytes(8, "big", signed=True)\n',
        '    return b"" + version.to_bytes(8, "big", signed=True)\n',
        "tests/core/test_vault.py",
        "tests/architecture/test_privacy.py",
    ),
    _mutant(
        "sealed text is not bound to its row's version",
        "core/vault.py",
        ' + row_id.bytes + version.to_bytes(8, "big", signed=True)\n',
        " + row_id.bytes\n",
        "tests/vault/test_tampering.py",
    ),
    # ── who you are ──
    _mutant(
        "the second factor of staff is not asked for",
        "access/exchange.py",
        "            if actor is not None and not actor.may_do_all and self.action not in WITHOUT_FACTOR:\n"
        "                raise SecondFactorRequired\n",
        "",
        "tests/access/test_factors.py",
    ),
    _mutant(
        "what a program may not do is not asked",
        "access/exchange.py",
        "if actor.is_service and self.action not in actor.scopes:",
        "if actor.is_service and not actor.scopes:",
        "tests/resources/test_service_accounts.py",
    ),
    _mutant(
        "attempts are counted by each process as it likes",
        "access/throttle.py",
        "    .where(_is_key, sa.or_(_table.c.spent_until <= _latest, _table.c.spent_until > _furthest))\n",
        "    .where(_is_key)\n",
        "tests/access/test_throttle.py",
    ),
    _mutant(
        "a wrong code is no wrong guess",
        "access/throttle.py",
        '    own = [Bucket.of(work, DEVICE, "proof", work.actor.sign_in_id.bytes)]\n',
        '    own = [Bucket.of(work, DEVICE, "proof", secrets.token_bytes(16))]\n',
        "tests/access/test_throttle.py",
    ),
    _mutant(
        "charts that are in flight are not counted",
        "resources/volume/service.py",
        "memory.let_through(actor_id, work.now) | {row.patient_id: row.at for row in rows}",
        "{row.patient_id: row.at for row in rows}",
        "tests/access/test_volume.py",
    ),
    # ── versions, retries, headers ──
    _mutant(
        "a stale change is made",
        "access/visible.py",
        '            table.c.version == sa.bindparam("expected_version", type_=table.c.version.type),\n',
        '            sa.bindparam("expected_version", type_=table.c.version.type).is_not(None),\n',
        "tests/resources/test_session_steps.py",
        "tests/resources/test_strategies.py",
    ),
    _mutant(
        "a key is taken for another request",
        "access/exchange.py",
        "        if stored.request_digest != self._fingerprint():\n            raise KeyReused\n",
        "",
        "tests/core/test_wire.py",
        "tests/core/test_replays.py",
    ),
    _mutant(
        "an answer that holds a secret is kept",
        "access/exchange.py",
        "body=None if work.is_secret else bytes(response.body).decode(),",
        "body=bytes(response.body).decode(),",
        "tests/core/test_replays.py",
    ),
    _mutant(
        "another origin is let in",
        "core/http.py",
        '(b"x-request-id", request_id.encode()), NO_SNIFFING]\n',
        '(b"x-request-id", request_id.encode()), NO_SNIFFING, (b"access-control-allow-origin", b"*")]\n',
        HEADERS,
    ),
    _mutant(
        "an answer may be kept",
        "core/http.py",
        "else [*out, NO_STORE]",
        "else out",
        HEADERS,
    ),
)
