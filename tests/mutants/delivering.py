"""Protections of the live stream and of webhooks."""

from tests.mutants.changes import Drop, Loosen, Replace, Return, Skip
from tests.mutants.mutant import mutant

STREAM, PORT = "tests/resources/delivery/test_stream.py", "tests/server/test_streams_on_a_port.py"
HOOKS, PROCESSES = "tests/resources/delivery/test_webhooks.py", "tests/resources/delivery/test_webhook_processes.py"
MEMORY = "tests/resources/delivery/test_webhook_memory.py"
ADDRESSES = "tests/resources/delivery/test_webhook_addresses.py"
_STREAM, _WEBHOOKS = "resources/delivery/stream/service.py", "resources/delivery/webhooks/"
_JOB, _MEMORY = _WEBHOOKS + "job_statements.py", _WEBHOOKS + "memory_statements.py"

DELIVERING = (
    # ── the stream ──
    mutant("a stream outlives its token", _STREAM, "Stream._follow", Skip("TOKEN_OVER"), STREAM),
    mutant(
        "a stream outlives its sign-in",
        "resources/delivery/changes/statements.py",
        "LIST_CHANNELS",
        Replace("actor_is_current()", "sa.true()"),
        STREAM,
    ),
    mutant("a stream makes up for everything", _STREAM, "Stream._read", Skip("TOO_FAR_BEHIND"), STREAM),
    mutant("a sign-in opens any number of streams", "ledger/watch.py", "Watch.has_room", Drop("_of_sign_in"), STREAM),
    mutant("a process opens any number of streams", "ledger/watch.py", "Watch.has_room", Drop("_max"), STREAM),
    mutant("those who begin at once are not counted", "ledger/watch.py", "Watch.join", Skip("NoRoom"), STREAM),
    mutant("a chart that opens is not listened to", _STREAM, "Stream._read", Skip("listen_for"), STREAM),
    mutant(
        "a cursor of somebody else begins a stream",
        "resources/delivery/changes/service.py",
        "key_of",
        Replace("work.actor.id", "work.actor.clinic_id"),
        STREAM,
    ),
    mutant(
        "an open stream holds up the end",
        "server/timeouts.py",
        "TimeoutProtocol.shutdown",
        Replace("stop is not None", "False"),
        PORT,
    ),
    mutant("who does not read holds up the end", "server/timeouts.py", "TimeoutProtocol.shutdown", Skip("abort"), PORT),
    mutant("a stream outlives its client", "web/event_stream.py", "_follow", Skip("leave"), PORT),
    # ── whom a webhook tells ──
    mutant(
        "a webhook tells of a kind without its scope",
        _WEBHOOKS + "deliveries.py",
        "_word",
        Replace("rules.SCOPE_PREFIX + row.kind not in (account.scopes or ())", "False"),
        HOOKS,
    ),
    mutant(
        "a disabled program is told",
        _JOB,
        "ACCOUNT_OF_WEBHOOK",
        Drop("ACTIVE"),
        HOOKS,
    ),
    mutant(
        "a webhook tells of what is one person's alone",
        _WEBHOOKS + "backlog.py",
        "_CHANNELS",
        Replace("(Channel.CHART, Channel.TEAM)", "tuple(Channel)"),
        HOOKS,
    ),
    mutant(
        "a webhook tells of what was taken back as if it were there",
        _JOB,
        "_RULES",
        Replace("_thing(ReflectionTable, reflections.readable)", "_thing(ReflectionTable)"),
        HOOKS,
    ),
    mutant("a webhook tells of drafts of plans", _JOB, "_agreed", Drop("DRAFT"), HOOKS),
    mutant("a webhook tells of a draft as gone", _JOB, "_was_readable", Drop("_was_told"), MEMORY),
    mutant("a webhook tells of what stays hidden", _JOB, "_was_readable", Drop("_is_news"), MEMORY),
    mutant("what was told is forgotten with the log", _MEMORY, "FORGET_DELIVERIES", Drop("_is_memory"), MEMORY),
    mutant(
        "what is kept for its end is listed",
        _WEBHOOKS + "statements.py",
        "LIST_DELIVERIES",
        Loosen("kept_since"),
        HOOKS,
    ),
    mutant(
        "the privacy officers are not told of a grant",
        "resources/people/service_accounts/service.py",
        "_tell_of_grants",
        Skip("PRIVACY_OFFICER"),
        HOOKS,
    ),
    mutant(
        "a grant of changes is not in the ledger",
        "resources/people/service_accounts/service.py",
        "_tell_of_grants",
        Skip("record"),
        HOOKS,
    ),
    # ── sending ──
    mutant("two processes send a message", _JOB, "CLAIM_DELIVERY", Loosen("_NOW"), PROCESSES),
    mutant("two processes make a message", _JOB, "MOVE_WEBHOOK", Loosen("expected_position", "param"), PROCESSES),
    mutant("a late word overwrites a later one", _JOB, "END_DELIVERY", Loosen("attempts", "_deliveries"), PROCESSES),
    mutant(
        "one webhook takes every place",
        _WEBHOOKS + "job.py",
        "Job._begin",
        Replace("min(self.pool.room, MAX_OF_ONE - served.places)", "self.pool.room"),
        PROCESSES,
    ),
    mutant(
        "who is gone is asked again",
        _WEBHOOKS + "deliveries.py",
        "mark",
        Replace("sent.status == _GONE", "False"),
        HOOKS,
    ),
    mutant("the secret before signs for ever", _WEBHOOKS + "messages.py", "_secrets", Drop("ends_at", "now"), HOOKS),
    # ── addresses ──
    mutant(
        "a message goes to a private address",
        _WEBHOOKS + "sender.py",
        "Sender._resolve",
        Replace("all(map(is_public, addresses))", "True"),
        ADDRESSES,
    ),
    mutant(
        "one public address is enough",
        _WEBHOOKS + "sender.py",
        "Sender._resolve",
        Replace("all(map(is_public, addresses))", "any(map(is_public, addresses))"),
        ADDRESSES,
    ),
    mutant(
        "a name is looked at again",
        _WEBHOOKS + "sender.py",
        "Sender._ask",
        Replace("await self._resolve(host, port)", "host"),
        ADDRESSES,
    ),
    mutant(
        "nobody vouches for a receiver",
        _WEBHOOKS + "sender.py",
        "Sender._transport",
        Replace("ssl.create_default_context()", "ssl._create_unverified_context()"),
        ADDRESSES,
    ),
    mutant(
        "a certificate is for any name",
        _WEBHOOKS + "sender.py",
        "Sender._ask",
        Replace("{'sni_hostname': host}", "{'sni_hostname': 'localhost'}"),
        ADDRESSES,
    ),
    mutant("all of an answer is read", _WEBHOOKS + "sender.py", "Sender._ask", Skip("max_bytes"), ADDRESSES),
    mutant(
        "a webhook that is off is asked on",
        _WEBHOOKS + "job.py",
        "Job._deliver",
        Replace("(deliveries.TurnedOff, DatabaseDown)", "DatabaseDown"),
        PROCESSES,
    ),
    mutant(
        "an address of an interface is public",
        "core/addresses.py",
        "is_public",
        Replace("found.scope_id is not None", "False"),
        ADDRESSES,
    ),
    mutant(
        "a translated address is public",
        "core/addresses.py",
        "is_public",
        Replace("not any((found.version == network.version and found in network for network in _NEVER))", "True"),
        ADDRESSES,
    ),
    mutant("multicast is public", "core/addresses.py", "is_public", Drop("is_multicast"), ADDRESSES),
    mutant(
        "an address is no name",
        "core/addresses.py",
        "is_allowed_url",
        Replace("_NAME.fullmatch(host) is not None", "True"),
        ADDRESSES,
    ),
    mutant("any address may be a webhook's", _WEBHOOKS + "service.py", "_check_url", Return("None"), ADDRESSES),
)
