"""Protections of the roster, and of what is told beyond the API."""

from tests.mutants.changes import Drop, Loosen, Replace, Skip
from tests.mutants.mutant import mutant

_CHANNELS, _ROSTER = "resources/delivery/channels/", "resources/attention/roster/"
_NOTIFICATIONS = "resources/attention/notifications/"
_LATE, _CLOCK = "tests/resources/delivery/test_late_jobs.py", "resources/attention/flags/flag_clock.py"
_OUTSIDE = "tests/resources/delivery/test_called_from_outside.py"
FAILURES = "tests/resources/delivery/test_chain_failures.py"
COURIER, CHAIN = "tests/resources/delivery/test_courier.py", "tests/resources/delivery/test_escalations.py"
CHANNELS, PUSH = "tests/resources/delivery/test_channels.py", "tests/resources/delivery/test_web_push.py"
ROSTER, RULES = "tests/resources/attention/test_roster.py", "tests/resources/attention/test_roster_rules.py"

CALLING = (
    mutant("who is paged can do nothing", _CHANNELS + "escalations.py", "take_step", Skip("_open_tasks"), _OUTSIDE),
    mutant(
        "who is paged beyond the team sees nothing",
        _CHANNELS + "escalations.py",
        "_open_tasks",
        Replace("account_id not in members", "False"),
        _OUTSIDE,
    ),
    mutant(
        "an overdue flag passes those on call over",
        _CLOCK,
        "_escalate",
        Replace("await called_for(work, row)", "set()"),
        _OUTSIDE,
    ),
    mutant("those on call are not told of an overdue flag", _CLOCK, "_escalate", Skip("call_next"), _OUTSIDE),
    mutant(
        "nobody asked to be told",
        _CHANNELS + "recipients.py",
        "_counts",
        Replace("row.kind.value not in (account.kinds or ())", "False"),
        COURIER,
    ),
    mutant(
        "quiet hours are not kept",
        _CHANNELS + "outcomes.py",
        "decide",
        Replace("recipient.quiet_until is not None", "False"),
        COURIER,
    ),
    mutant(
        "what is urgent waits for the morning",
        _CHANNELS + "recipients.py",
        "recipient_of",
        Replace("row.kind not in URGENT", "True"),
        COURIER,
    ),
    mutant(
        "a check-in that is not open is told",
        _CHANNELS + "courier_statements.py",
        "_opened",
        Drop("opens_at"),
        COURIER,
    ),
    mutant(
        "a code that was replaced is sent",
        _CHANNELS + "courier_statements.py",
        "OPEN_INVITATION",
        Drop("expires_at"),
        COURIER,
    ),
    mutant(
        "two processes send a notification",
        _CHANNELS + "courier_statements.py",
        "CLAIM_NOTIFICATION",
        Loosen("_NOW"),
        CHAIN,
    ),
    mutant(
        "a step of the chain is taken twice",
        _CHANNELS + "escalation_statements.py",
        "MOVE_CALL",
        Loosen("expected_told", "param"),
        CHAIN,
    ),
    mutant(
        "who took it is paged on",
        _CHANNELS + "escalations.py",
        "take_step",
        Replace("not call.is_waiting", "False"),
        CHAIN,
    ),
    mutant("a failed delivery is not passed on", _CHANNELS + "outcomes.py", "mark", Skip("pass_on"), CHAIN),
    mutant(
        "a failed delivery is passed on each time",
        _ROSTER + "incidents.py",
        "open_new_incident",
        Replace("await work.one(sql.READ_INCIDENT, clinic_id=clinic_id, id=incident_id) is not None", "False"),
        CHAIN,
    ),
    mutant(
        "the first failure counts by its claims",
        _CHANNELS + "outcomes.py",
        "mark",
        Replace("row.kind in URGENT", "row.kind in URGENT and row.attempts == 1"),
        FAILURES,
    ),
    mutant(
        "what nobody sends after its claim is never late",
        _CHANNELS + "courier.py",
        "Courier._deliver",
        Replace("row.kind in URGENT", "row.kind in URGENT and row.attempts == 1"),
        FAILURES,
    ),
    mutant(
        "a call that comes late is no incident", _CHANNELS + "escalations.py", "take_step", Skip("open_if_late"), _LATE
    ),
    mutant("a clock that comes late is no incident", _CLOCK, "_escalate", Skip("open_if_late"), _LATE),
    mutant(
        "what is urgent has no room of its own",
        _CHANNELS + "courier.py",
        "Courier._send_due",
        Replace("self._urgent", "self._others"),
        _LATE,
    ),
    mutant(
        "whose account has ended is passed over by nobody",
        _CHANNELS + "outcomes.py",
        "decide",
        Replace("row.kind in URGENT", "False"),
        _LATE,
    ),
    mutant(
        "a call that nobody takes ends without an incident",
        _CHANNELS + "escalations.py",
        "take_step",
        Skip("NOBODY_ANSWERED"),
        FAILURES,
    ),
    mutant(
        "one call that fails keeps the others waiting",
        _CHANNELS + "courier.py",
        "Courier._go_along",
        Replace("Exception", "Moved"),
        FAILURES,
    ),
    mutant(
        "what becomes critical keeps its slower call",
        _ROSTER + "service.py",
        "call_roster",
        Skip("INSERT_CALL_ANEW"),
        FAILURES,
    ),
    mutant(
        "a call that became worse goes on twice", _ROSTER + "service.py", "call_roster", Skip("END_CALLS"), FAILURES
    ),
    mutant(
        "who has no channel counts as told",
        _CHANNELS + "postings.py",
        "Posting._without_means",
        Replace("self._mailer is not None or self._pusher is not None or row.kind in CODES", "False"),
        CHAIN,
    ),
    mutant(
        "a receiver that is gone is asked on",
        _CHANNELS + "outcomes.py",
        "mark",
        Replace("one.status in _GONE", "False"),
        COURIER,
    ),
    mutant(
        "one asks twice and two are paged",
        _ROSTER + "statements.py",
        "INSERT_CALL",
        Loosen("_waits_already", "_open"),
        CHAIN,
    ),
    mutant("a new call waits for the old one", _ROSTER + "service.py", "call_roster", Skip("SETTLE_CALLS"), CHAIN),
    mutant(
        "an address is not looked at",
        _CHANNELS + "service.py",
        "_check",
        Replace("not is_allowed_url(body.url, work.runtime.webhook_test_hosts)", "False"),
        CHANNELS,
    ),
    mutant(
        "a channel of somebody else is listed", _CHANNELS + "statements.py", "LIST_CHANNELS", Loosen("_mine"), CHANNELS
    ),
    mutant(
        "a channel of somebody else is deleted",
        _CHANNELS + "statements.py",
        "DELETE_CHANNEL",
        Loosen("_mine"),
        CHANNELS,
    ),
    mutant("the log says which patient", _CHANNELS + "statements.py", "_whose", Drop("patient_id"), CHANNELS),
    mutant(
        "a patient is told of what they do",
        _NOTIFICATIONS + "service.py",
        "tell_patient_beyond",
        Replace("work.actor.is_patient", "False"),
        CHANNELS,
    ),
    mutant(
        "every message has one salt",
        _CHANNELS + "web_push.py",
        "Pusher.message",
        Replace("os.urandom(SALT_BYTES)", "bytes(SALT_BYTES)"),
        PUSH,
    ),
    mutant(
        "nobody vouches for a mail server",
        _CHANNELS + "mail.py",
        "Mailer.__init__",
        Replace("ssl.create_default_context()", "ssl._create_unverified_context()"),
        COURIER,
    ),
    mutant("mail goes in the open", _CHANNELS + "mail.py", "Mailer._deliver", Skip("starttls"), COURIER),
    mutant("who is disabled is on call", _ROSTER + "statements.py", "CAN_BE_CALLED", Drop("ACTIVE"), ROSTER),
    mutant("a shift that was withdrawn counts", _ROSTER + "statements.py", "STANDING", Drop("withdrawn_at"), ROSTER),
    mutant("a patient is put on call", _ROSTER + "statements.py", "STAFF_OF_SHIFT", Drop("is_of_staff"), ROSTER),
    mutant("the clock is never set", _ROSTER + "rules.py", "instants", Replace("(0, 1)", "(1,)"), RULES),
)
