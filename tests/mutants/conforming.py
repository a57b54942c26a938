"""One protection taken out for each promise of the conformance kit: it must name a promise that broke."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_KIT = "tests/operating/test_conformance.py"

CONFORMING = (
    mutant("the kit: a retry makes a copy", "web/idempotency.py", "METHODS", Drop("POST"), _KIT),
    mutant("the kit: a stale version overwrites", "access/revisions.py", "check_version", Skip("StaleVersion"), _KIT),
    mutant(
        "the kit: a chart of others is found",
        "access/visible.py",
        "visible",
        Replace("sa.and_(_scope_team, on_team)", "sa.and_(_scope_team)"),
        _KIT,
    ),
    mutant(
        "the kit: private reflections are served to the team",
        "resources/journal/reflections/reflection_reader_statements.py",
        "reader_rules",
        Drop("sharing"),
        _KIT,
    ),
    mutant(
        "the kit: psychotherapy notes of others are listed",
        "resources/journal/psychotherapy_notes/statements.py",
        "mine",
        Replace("table.c.author_id == _ACTOR_ID", "sa.true()"),
        _KIT,
    ),
    mutant(
        "the kit: a look leaves no trace",
        "resources/journal/reflections/service.py",
        "read_reflection",
        Skip("record"),
        _KIT,
    ),
    mutant(
        "the kit: a call for help says nothing",
        "resources/people/help/service.py",
        "ask_for_help",
        Replace("said['text']", "''"),
        _KIT,
    ),
    mutant(
        "the kit: an erased chart is read on",
        "resources/oversight/retention/service.py",
        "erase_patient",
        Replace("work.change(sql.DESTROY_KEY, clinic_id=row.clinic_id, key_owner_id=row.id)", "None"),
        _KIT,
    ),
    mutant(
        "the kit: a count of an export is wrong",
        "resources/oversight/exports/chart_exports.py",
        "_Export._write_kind",
        Replace("(file.count or 0) + len(page)", "len(page) + 1"),
        _KIT,
    ),
    mutant(
        "the kit: a signed note takes a change",
        "resources/journal/notes/steps.py",
        "check_step",
        Replace("row.state not in rule.states", "False"),
        _KIT,
    ),
    mutant(
        "the kit: an error repeats what was sent",
        "web/endpoint.py",
        "_Parameters.values",
        Replace(
            "error.errors(include_url=False, include_input=False)",
            "[{**one, 'type': 'value_error', 'msg': str(one['input'])} for one in error.errors()]",
        ),
        _KIT,
    ),
)
