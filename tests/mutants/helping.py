"""Protections of the safety path: a patient's words and calls for help reach somebody."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import mutant

URGENCY, HELP = "tests/resources/attention/test_urgency.py", "tests/resources/people/test_help.py"
MONITORING = "tests/resources/people/test_monitoring.py"
WORKLIST, PLANS = "resources/attention/worklist/", "resources/journal/plans/"
INBOX, REFLECTIONS = "resources/attention/inbox/", "resources/journal/reflections/"
TOLD, NEXT = "tests/resources/attention/test_inbox.py", "tests/resources/journal/test_next_plans.py"
ACCOUNTS = "resources/people/accounts/service.py"

HELPING = (
    # ── what is urgent ──
    mutant("every task is routine", WORKLIST + "service.py", "_task", Replace("RANKS.index(urgency)", "3"), URGENCY),
    mutant(
        "a distress of 10 is routine",
        "resources/journal/reflections/rules.py",
        "urgency_of",
        Drop("_MAX_DISTRESS"),
        URGENCY,
    ),
    mutant(
        "what is urgent waits for its release",
        "resources/people/patients/alerts.py",
        "open_task",
        Replace("release_at if urgency is Urgency.ROUTINE else None", "release_at"),
        URGENCY,
    ),
    mutant(
        "a call for help is taken back with the entry",
        WORKLIST + "service.py",
        "settle",
        Replace("RANKS.index(Urgency.ROUTINE) if is_withdrawn else 0", "0"),
        URGENCY,
    ),
    mutant("a task never gets urgent", WORKLIST + "service.py", "open_for_team", Skip("RAISE_TASKS"), URGENCY),
    # ── what reaches somebody ──
    mutant(
        "an edit opens no review",
        "resources/journal/reflections/service.py",
        "change_reflection",
        Skip("to_review"),
        URGENCY,
    ),
    mutant(
        "a reply reaches nobody",
        "resources/journal/reflections/replies.py",
        "reply_reflection",
        Skip("is_patient", "REPLY_TO_READ"),
        URGENCY,
    ),
    mutant("a patient is told nothing", INBOX + "service.py", "tell_patient", Return("None"), TOLD),
    mutant(
        "a reply of staff reaches no inbox", REFLECTIONS + "replies.py", "reply_reflection", Skip("tell_patient"), TOLD
    ),
    mutant("what is told again stays read", INBOX + "service.py", "tell_patient", Skip("RENEW_ITEM"), TOLD),
    mutant("an answered proposal waits on", PLANS + "agreement.py", "_answered", Skip("inbox"), TOLD),
    mutant(
        "an agreed plan is changed in place",
        PLANS + "plan_steps.py",
        "check_update",
        Replace("row.state in STANDING and not is_new_content", "row.state in STANDING"),
        NEXT,
    ),
    mutant(
        "two versions of a plan are in force",
        PLANS + "agreement.py",
        "accept_plan",
        Skip("UPDATE_PLAN", "replaced"),
        NEXT,
    ),
    mutant("a next version outlives its plan", PLANS + "agreement.py", "_load_replaced", Skip("IllegalPlanStep"), NEXT),
    mutant(
        "COUNT counts from the day of the question",
        PLANS + "schedules.py",
        "_begin",
        Drop("COUNT"),
        "tests/resources/journal/test_schedules.py",
    ),
    mutant(
        "a schedule runs by UTC",
        PLANS + "schedules.py",
        "moments",
        Replace("local.replace(tzinfo=zone).astimezone(UTC)", "local.replace(tzinfo=UTC)"),
        "tests/resources/journal/test_occurrences.py",
    ),
    mutant("a change of a plan reaches nobody", PLANS + "service.py", "tell_of_change", Return("None"), URGENCY),
    mutant(
        "a change of medicines reaches nobody",
        "resources/care/medicines/service.py",
        "_tell",
        Return("None"),
        URGENCY,
    ),
    mutant(
        "nothing falls beyond the team",
        WORKLIST + "service.py",
        "_substitutes",
        Return("([], Waiting.NOBODY)"),
        URGENCY,
        HELP,
    ),
    mutant(
        "who leaves a team takes tasks along",
        "resources/people/patients/service.py",
        "end_care_team_member",
        Skip("leave_team"),
        URGENCY,
    ),
    mutant("a disabled account takes tasks along", ACCOUNTS, "update_account", Skip("hand_over"), URGENCY),
    mutant("the owner can be disabled", ACCOUNTS, "update_account", Skip("OwnerOfClinic"), URGENCY),
    mutant(
        "anybody may own the clinic",
        "resources/people/clinics/service.py",
        "update_clinic",
        Skip("no_admin"),
        URGENCY,
    ),
    mutant(
        "a colleague's task can be marked done",
        WORKLIST + "statements.py",
        "MINE",
        Drop("account_id"),
        "tests/resources/attention/test_urgency.py",
    ),
    # ── a call for help ──
    mutant("help is shed", "app.py", "SHED_NEVER", Drop("HELP"), HELP),
    mutant("help looks at its key", "access/calls.py", "CallForHelp", Skip("_hold_key"), HELP),
    mutant("help looks at its query", "access/calls.py", "CallForHelp.__init__", Skip("query_string"), HELP),
    mutant("help ends with the database", "access/calls.py", "exchange_for", Replace("CallForHelp", "Exchange"), HELP),
    mutant(
        "a long body of help is refused",
        "server/wire.py",
        "Wire.__call__",
        Replace('scope["path"] in self._unread', "False"),
        HELP,
    ),
    # ── the statement ──
    mutant(
        "a statement says call without a number",
        "resources/people/patients/monitoring_statements.py",
        "monitoring_statement",
        Replace("clinic.phone if open_now else None", "open_now"),
        MONITORING,
    ),
    mutant(
        "a review is due on a Sunday",
        "resources/people/patients/monitoring_statements.py",
        "due",
        Replace("at == begin", "True"),
        MONITORING,
    ),
    mutant(
        "a statement has the clinic's clock",
        "resources/people/patients/monitoring_statements.py",
        "monitoring_statement",
        Replace("clinic.patient_time_zone or clinic.time_zone", "clinic.time_zone"),
        MONITORING,
    ),
)
