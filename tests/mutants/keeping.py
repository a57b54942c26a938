"""Protections of registers of controlled drugs, and of counts of what is left at home."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

CUSTODY, COUNTS = "resources/care/custody/", "resources/care/home_counts/"
OF_REGISTERS = "tests/resources/care/test_custody.py"
OF_RACES = "tests/resources/care/test_custody_races.py"
OF_COUNTS = "tests/resources/care/test_home_counts.py"

KEEPING = (
    mutant(
        "every member of staff reads what prescribers are told",
        "resources/attention/notices/service.py",
        "list_notices",
        Replace("Role.PRESCRIBER in work.actor.roles", "True"),
        OF_REGISTERS,
    ),
    mutant(
        "admins are fed what prescribers are told",
        "access/notices.py",
        "_audience",
        Replace("_CHANNELS.get(row.to_role)", "Channel.ADMINS"),
        OF_REGISTERS,
    ),
    mutant(
        "two entries at once stand on one balance",
        CUSTODY + "statements.py",
        "MOVE_ON_CONTAINER",
        Replace("at_version(ContainerTable)", '(_containers.c.id == sa.bindparam("id", type_=sa.Uuid()),)'),
        OF_RACES,
    ),
    mutant("a balance goes below zero", CUSTODY + "rules.py", "after", Replace("balance < 0", "False"), OF_REGISTERS),
    mutant(
        "a register names its patients to all staff",
        CUSTODY + "service.py",
        "present_entry",
        Replace("row.patient_id if row.sees_patient else None", "row.patient_id"),
        OF_REGISTERS,
    ),
    mutant(
        "a register shows its doses to all staff",
        CUSTODY + "service.py",
        "present_entry",
        Replace("row.dose_id if row.sees_patient else None", "row.dose_id"),
        OF_REGISTERS,
    ),
    mutant(
        "an entry about a chart is reversed by those who do not see it",
        CUSTODY + "statements.py",
        "READ_OPEN_ENTRY",
        Replace("visible(_entries.c.patient_id)", "sa.true()"),
        OF_REGISTERS,
    ),
    mutant(
        "whoever records is their own witness",
        CUSTODY + "register_entries.py",
        "witness_custody_entry",
        Skip("OwnEntry"),
        OF_REGISTERS,
    ),
    mutant(
        "a witness comes whenever they like",
        CUSTODY + "register_entries.py",
        "witness_custody_entry",
        Replace("row.recorded_at + WITNESS_WITHIN <= work.now", "False"),
        OF_REGISTERS,
    ),
    mutant(
        "waste without a witness is not remarked",
        CUSTODY + "rules.py",
        "WITNESS_DUE",
        Drop("DESTROYED"),
        OF_REGISTERS,
    ),
    mutant(
        "a count that does not match is not remarked",
        CUSTODY + "rules.py",
        "count_findings",
        Replace("difference_milli == 0", "True"),
        OF_REGISTERS,
    ),
    mutant(
        "half of a transfer is reversed",
        CUSTODY + "register_entries.py",
        "reverse_custody_entry",
        Replace("row.other_container_id is not None", "False"),
        OF_REGISTERS,
    ),
    mutant(
        "esketamine goes home",
        CUSTODY + "register_entries.py",
        "dispense_from_container",
        Skip("NotForHome"),
        OF_REGISTERS,
    ),
    mutant(
        "an early refill is not remarked",
        COUNTS + "rules.py",
        "refill_findings",
        Replace("asked_at >= earliest_at", "True"),
        OF_COUNTS,
    ),
    mutant(
        "emergency access decides on refills",
        COUNTS + "service.py",
        "decide_refill",
        Skip("check_prescriber"),
        OF_COUNTS,
    ),
    mutant(
        "a supply that was taken back is expected at home",
        COUNTS + "service.py",
        "_at_home",
        Replace("row.reversed_by_id is None", "True"),
        OF_COUNTS,
    ),
)
