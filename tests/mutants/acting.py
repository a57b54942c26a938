"""What keeps people from doing what they may not, and from being somebody else."""

from tests.mutants.mutant import BODIES, EMERGENCIES, HEADERS, SIGNING_IN, TRACES, mutant

ACTING = (
    # ── what nobody may do ──
    mutant(
        "unknown parameters are ignored",
        "access/exchange.py",
        "if query and not self.endpoint.query_names.issuperset(self.request.query_params):",
        "if query and self.endpoint is None:",
        "tests/matrix/test_protocol.py",
    ),
    mutant(
        "an admin invites patients unseen",
        "resources/people/patients/service.py",
        "        tell_role(work, Role.PRIVACY_OFFICER, accounts_operations.CREATE_INVITATION.recorded, patient.id, "
        "patient.id)\n",
        "        pass\n",
        EMERGENCIES,
    ),
    mutant(
        "a patient's password is reset unseen",
        "resources/people/accounts/passwords.py",
        "        tell_role(work, Role.PRIVACY_OFFICER, operations.CREATE_PASSWORD_RESET.recorded, row.id, "
        "row.patient_id)\n",
        "        pass\n",
        EMERGENCIES,
    ),
    mutant(
        "unknown fields are ignored",
        "web/schemas.py",
        'model_config = ConfigDict(extra="forbid")',
        'model_config = ConfigDict(extra="ignore")',
        BODIES,
    ),
    mutant(
        "an admin changes their own roles",
        "resources/people/accounts/service.py",
        "    if is_access and account_id == work.actor.id:\n        raise NotYourOwnRoles\n",
        "",
        SIGNING_IN,
    ),
    mutant(
        "an admin puts themselves on a care team",
        "resources/people/patients/service.py",
        "    if body.account_id == work.actor.id:\n        raise NotYourOwnGrant\n",
        "",
        EMERGENCIES,
    ),
    mutant(
        "an admin's program puts them on a care team",
        "resources/people/patients/service.py",
        "    if work.actor.is_service and Role.CLINIC_ADMIN in account.roles:  # who may have made the program\n"
        "        raise NotByProgram\n",
        "",
        "tests/resources/people/test_service_accounts.py",
    ),
    mutant(
        "a program invites and grants unseen",
        "resources/people/patients/service.py",
        "    return Role.CLINIC_ADMIN in work.actor.roles or work.actor.is_service\n",
        "    return Role.CLINIC_ADMIN in work.actor.roles\n",
        "tests/resources/people/test_service_accounts.py",
    ),
    mutant(
        "emergency access decides who is on the team",
        "access/visible.py",
        "            team.c.basis == CareTeamBasis.TEAM,\n",
        "",
        EMERGENCIES,
    ),
    mutant(
        "who looks in for a few hours is waited for",
        "resources/attention/worklist/statements.py",
        "        _team.c.basis == CareTeamBasis.TEAM,  # whoever",
        "        # whoever",
        EMERGENCIES,
    ),
    mutant(
        "a privacy officer reviews their own emergency",
        "resources/people/emergencies/service.py",
        "    if row.account_id == work.actor.id:\n        raise NotYourOwnEmergency\n",
        "",
        EMERGENCIES,
    ),
    mutant(
        "nobody is told of an emergency",
        "resources/people/emergencies/service.py",
        "    tell_role(work, Role.PRIVACY_OFFICER, operations.OPEN_EMERGENCY_ACCESS.recorded, row.id, chart.id)\n",
        "",
        EMERGENCIES,
    ),
    mutant(
        "a signed token of any algorithm and kind is taken",
        "access/tokens.py",
        '                    "verify_exp": False,',
        '                    "verify_signature": False, "verify_exp": False,',
        SIGNING_IN,
    ),
    # ── what is left behind ──
    mutant(
        "a read leaves no row",
        "access/work.py",
        "            if ledger:\n                await self.runtime.database.append(INSERT_LEDGER, ledger)\n",
        "",
        TRACES,
    ),
    mutant(
        "a refusal leaves no row",
        "access/exchange.py",
        "        if refusal.status not in (403, 404) or self.operation.event is None:\n",
        "        if refusal.status != 403 or self.operation.event is None:\n",
        TRACES,
    ),
    mutant(
        "sealed text is not bound to its place",
        "storage/vault.py",
        '    return _column(table, column) + row_id.bytes + version.to_bytes(8, "big", signed=True)\n',
        '    return b"" + version.to_bytes(8, "big", signed=True)\n',
        "tests/storage/test_vault.py",
        "tests/architecture/test_privacy.py",
    ),
    mutant(
        "sealed text is not bound to its row's version",
        "storage/vault.py",
        ' + row_id.bytes + version.to_bytes(8, "big", signed=True)\n',
        " + row_id.bytes\n",
        "tests/storage/test_tampering.py",
    ),
    # ── who you are ──
    mutant(
        "the second factor of staff is not asked for",
        "access/exchange.py",
        "            if actor is not None and not actor.may_do_all and self.operation.needs_factor:\n"
        "                raise SecondFactorRequired\n",
        "",
        "tests/resources/people/test_factors.py",
    ),
    mutant(
        "what a program may not do is not asked",
        "access/exchange.py",
        "if actor.is_service and self.operation.action not in actor.scopes:",
        "if actor.is_service and not actor.scopes:",
        "tests/resources/people/test_service_accounts.py",
    ),
    mutant(
        "attempts are counted by each process as it likes",
        "access/limits/statements.py",
        "    .where(_is_key, sa.or_(_table.c.spent_until <= _latest, _table.c.spent_until > _furthest))\n",
        "    .where(_is_key)\n",
        "tests/access/limits/test_attempts.py",
    ),
    mutant(
        "a wrong code is no wrong guess",
        "access/limits/attempts.py",
        '    own = [Bucket.of(work, DEVICE, "proof", work.actor.sign_in_id.bytes)]\n',
        '    own = [Bucket.of(work, DEVICE, "proof", secrets.token_bytes(16))]\n',
        "tests/access/limits/test_attempts.py",
    ),
    mutant(
        "charts that are in flight are not counted",
        "access/limits/charts.py",
        "memory.let_through(actor_id, work.now) | {row.patient_id: row.at for row in rows}",
        "{row.patient_id: row.at for row in rows}",
        "tests/access/limits/test_charts.py",
    ),
    # ── versions, retries, headers ──
    mutant(
        "the version that was read is not looked at",
        "access/revisions.py",
        "    if row.version != expected_version:\n        raise StaleVersion\n",
        "",
        "tests/resources/care/test_session_transitions.py",
    ),
    mutant(
        "a stale change is made",
        "access/visible.py",
        '            table.c.version == sa.bindparam("expected_version", type_=table.c.version.type),\n',
        '            sa.bindparam("expected_version", type_=table.c.version.type).is_not(None),\n',
        "tests/resources/care/test_session_transitions.py",
        "tests/resources/journal/test_strategies.py",
    ),
    mutant(
        "a key is taken for another request",
        "access/exchange.py",
        "        if stored.request_digest != self._fingerprint():\n            raise KeyReused\n",
        "",
        "tests/web/test_wire.py",
        "tests/web/test_replays.py",
    ),
    mutant(
        "an answer that holds a secret is kept",
        "access/exchange.py",
        "body=None if work.is_secret else bytes(response.body).decode(),",
        "body=bytes(response.body).decode(),",
        "tests/web/test_replays.py",
    ),
    mutant(
        "another origin is let in",
        "server/wire.py",
        '(b"x-request-id", request_id.encode()), NO_SNIFFING]\n',
        '(b"x-request-id", request_id.encode()), NO_SNIFFING, (b"access-control-allow-origin", b"*")]\n',
        HEADERS,
    ),
    mutant(
        "an answer may be kept",
        "server/wire.py",
        "else [*out, NO_STORE]",
        "else out",
        HEADERS,
    ),
)
