"""Protections of screens: their readers, their rows, and the traces that they leave."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import mutant

VIEWS, LEFT = "resources/views/", "resources/attention/worklist/"
ROWS, HOME, CHART = (f"tests/resources/views/test_{name}.py" for name in ("task_rows", "home", "chart"))

SHOWING = (
    mutant(
        "a task beyond the team shows the chart",
        VIEWS + "home/task_statements.py",
        "_shown",
        Drop("visible"),
        ROWS,
    ),
    mutant(
        "a task shows the title of a draft of another",
        VIEWS + "home/task_statements.py",
        "_shown",
        Drop("plans", "readable"),
        ROWS,
    ),
    mutant(
        "a task shows the first words of a note of another",
        VIEWS + "home/task_statements.py",
        "_shown",
        Drop("notes", "readable"),
        ROWS,
    ),
    mutant(
        "a task shows the kind of a reflection before its release",
        VIEWS + "home/task_statements.py",
        "_shown",
        Drop("reflections", "readable"),
        ROWS,
    ),
    mutant(
        "the inbox shows the title of a draft of staff",
        VIEWS + "home/inbox_statements.py",
        "_shown",
        Drop("plans", "readable"),
        ROWS,
    ),
    mutant(
        "the patient is named as the one who replied",
        VIEWS + "home/inbox_statements.py",
        "_latest_author",
        Drop("is_patient"),
        ROWS,
    ),
    mutant(
        "a worklist that shows words of charts leaves no trace",
        VIEWS + "home/task_rows.py",
        "read_worklist",
        Skip("record_list"),
        ROWS,
    ),
    mutant(
        "what a leaver has open is counted by the page",
        LEFT + "left_tasks.py",
        "read_left_worklist",
        Replace("found.items[0].waiting", "len(found.items)"),
        ROWS,
    ),
    mutant(
        "an account of another clinic is told from one that does not exist",
        LEFT + "leaver_statements.py",
        "COUNT_LEFT",
        Drop("in_clinic"),
        ROWS,
    ),
    mutant(
        "a patient is staff who leave",
        LEFT + "leaver_statements.py",
        "COUNT_LEFT",
        Replace("_accounts.c.patient_id.is_(None)", "sa.true()"),
        ROWS,
    ),
    mutant(
        "a program is staff who leave",
        LEFT + "leaver_statements.py",
        "COUNT_LEFT",
        Replace("_accounts.c.scopes.is_(None)", "sa.true()"),
        ROWS,
    ),
    mutant(
        "what was read is news",
        VIEWS + "home/inbox_statements.py",
        "UNREAD_INBOX",
        Drop("_is_unread"),
        HOME,
    ),
    mutant(
        "a removed strategy is shown",
        VIEWS + "home/statements.py",
        "STRATEGIES_AMONG",
        Drop("removed_at"),
        HOME,
    ),
    mutant("a patient's day leaves no trace", VIEWS + "home/service.py", "read_home", Skip("record"), HOME),
    mutant("an opened chart leaves no trace", VIEWS + "chart/service.py", "read_chart", Skip("record"), CHART),
    mutant(
        "who left is shown as the care team",
        "resources/people/patients/statements.py",
        "CURRENT_MEMBERS",
        Drop("is_granted_now"),
        CHART,
    ),
    mutant(
        "a withdrawn medicine is shown as taken",
        VIEWS + "chart/statements.py",
        "CURRENT_MEDICINES",
        Drop("withdrawn_at"),
        CHART,
    ),
    mutant(
        "a medicine that ended is shown as taken",
        VIEWS + "chart/service.py",
        "read_chart",
        Replace("row.ended_on is None or row.ended_on >= today", "True"),
        CHART,
    ),
    mutant(
        "a chart shows the tasks of another",
        VIEWS + "home/task_statements.py",
        "CHART_TASKS",
        Replace(
            "_tasks.c.patient_id == param('patient_id', _tasks.c.patient_id)",
            "param('patient_id', _tasks.c.patient_id).is_not(None)",
        ),
        CHART,
    ),
    mutant(
        "an alert names an entry that was taken back or is not released",
        VIEWS + "chart/service.py",
        "_told",
        Return("row"),
        CHART,
    ),
    mutant(
        "those who look in by emergency access are alerted",
        VIEWS + "chart/statements.py",
        "CHART_ALERTS",
        Drop("is_member_now"),
        CHART,
    ),
    mutant(
        "an admin sees what somebody has open who is not handed over",
        LEFT + "leaver_statements.py",
        "_left",
        Drop("_leaver"),
        "tests/resources/journal/test_note_leavers.py",
    ),
    mutant(
        "what is routine is an alert",
        VIEWS + "chart/statements.py",
        "CHART_ALERTS",
        Drop("RANKS"),
        CHART,
    ),
)
