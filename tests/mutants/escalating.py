"""Protections of holds that flags are, of steps beside others, and of those who are told beyond a care team."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import mutant

_FLAGS, _READINESS = "resources/attention/flags/", "resources/care/readiness/"
_RESPONSES = "resources/measures/measure_responses/"
_HOLDS, _STEPS = "tests/resources/care/test_flag_holds.py", "tests/resources/attention/test_flag_steps.py"
_REVIEWS = "tests/resources/attention/test_flag_reviews.py"
_RISKS, _FAILURES = "tests/resources/measures/test_response_flags.py", "tests/resources/delivery/test_chain_failures.py"

ESCALATING = (
    mutant(
        "a flag holds no dose",
        _FLAGS + "raised_flags.py",
        "_raise",
        Replace("hold_of(hit.rule, hit.severity)", "None"),
        _HOLDS,
    ),
    mutant(
        "a dose does not look at flags",
        _READINESS + "dose_holds.py",
        "hold_dose",
        Replace("await settle_flag_holds(work, session, holds)", "holds"),
        _HOLDS,
    ),
    mutant("an answer lifts the hold of a flag", _READINESS + "rules.py", "is_met", Drop("BY_FLAG"), _HOLDS),
    mutant(
        "a release covers flags that came later", _FLAGS + "flag_holds.py", "end_by_decision", Drop("known_at"), _HOLDS
    ),
    mutant("a release covers flags of every rule", _FLAGS + "flag_holds.py", "end_by_decision", Drop("rule"), _HOLDS),
    mutant(
        "a release holds on in the next session",
        _READINESS + "dose_holds.py",
        "release_dose_hold",
        Skip("end_by_decision"),
        _HOLDS,
    ),
    mutant("a screen stands for a decision", _FLAGS + "flag_holds.py", "end_by_screen", Drop("SCREEN"), _HOLDS),
    mutant("an older screen ends a hold", _FLAGS + "flag_holds.py", "end_by_screen", Drop("screened_at"), _HOLDS),
    mutant(
        "a patient's own screen ends a hold",
        _RESPONSES + "completion.py",
        "tell",
        Replace(
            "is_by_staff and is_screen(instrument, row.respondent, scores)",
            "is_screen(instrument, row.respondent, scores)",
        ),
        _HOLDS,
    ),
    mutant("a caregiver's screen ends a hold", _RESPONSES + "rules.py", "is_screen", Drop("CAREGIVER"), _HOLDS),
    mutant(
        "half a screen ends a hold",
        _RESPONSES + "rules.py",
        "is_screen",
        Replace("score.value != 'incomplete'", "True"),
        _HOLDS,
    ),
    mutant("an end of a hold leaves no entry", _FLAGS + "flag_holds.py", "_end", Skip("add_event"), _HOLDS),
    mutant(
        "an acknowledgement beside an escalation leaves its task",
        _FLAGS + "statements.py",
        "ACKNOWLEDGE_FLAG",
        Drop("_not_passed_on"),
        _STEPS,
    ),
    mutant(
        "an attempt beside an escalation leaves its task",
        _FLAGS + "statements.py",
        "CONTACT_FOR_FLAG",
        Drop("_not_passed_on"),
        _STEPS,
    ),
    mutant(
        "an end beside an escalation leaves its task",
        _FLAGS + "statements.py",
        "PROPOSE_END",
        Drop("_not_passed_on_since"),
        _STEPS,
    ),
    mutant(
        "a review goes on from those who were told of the flag",
        _FLAGS + "flag_endings.py",
        "_end",
        Replace("0", "row.escalations"),
        _REVIEWS,
    ),
    mutant(
        "those who were asked at once are told anew",
        _FLAGS + "flag_clock.py",
        "_escalate",
        Replace(
            "next_to_tell(row.escalations, team, staff, asked, on_call)",
            "next_to_tell(row.escalations, team, staff, (), on_call)",
        ),
        _REVIEWS,
    ),
    mutant(
        "a second acknowledgement takes the place of the first",
        _FLAGS + "service.py",
        "_first_acknowledged",
        Replace("row.acknowledged_at is not None", "False"),
        _STEPS,
    ),
    mutant(
        "what is acknowledged already fills the episode",
        _FLAGS + "statements.py",
        "FLAGS_OF_EPISODE",
        Drop("_is_unanswered"),
        _STEPS,
    ),
    mutant(
        "nobody tells the safeguarding lead",
        _FLAGS + "flag_tasks.py",
        "open_for_team",
        Drop("lead", "_is_safeguarding"),
        _STEPS,
    ),
    mutant("a lead who left stays the one who is told", _FLAGS + "statements.py", "_standing", Drop("ACTIVE"), _STEPS),
    mutant(
        "no prescriber is told beyond the team",
        _FLAGS + "escalation_rules.py",
        "lacks_prescriber",
        Drop("is_asked"),
        _STEPS,
    ),
    mutant(
        "every prescriber is told of what is not urgent",
        _FLAGS + "escalation_rules.py",
        "lacks_prescriber",
        Drop("REVIEWED"),
        _STEPS,
    ),
    mutant(
        "an urgent flag makes a missed check-in no more urgent",
        _FLAGS + "escalation_rules.py",
        "hit_of_clock",
        Replace("has_urgent_flag", "False"),
        _STEPS,
    ),
    mutant(
        "one flag that fails keeps the others waiting",
        _FLAGS + "flag_clock.py",
        "FlagClock._one",
        Replace("Exception", "StaleVersion"),
        _FAILURES,
    ),
    mutant(
        "what was there before a dose is new",
        _RESPONSES + "new_risks.py",
        "new_risk_hits",
        Replace("now > before", "True"),
        _RISKS,
    ),
    mutant("what is new counts for ever", _RESPONSES + "statements.py", "_dose_lately", Drop("dosed_after"), _RISKS),
    mutant(
        "the young are as others",
        _RESPONSES + "new_risks.py",
        "stepped_up",
        Replace("years <= MAX_YOUNG_YEARS", "False"),
        _RISKS,
    ),
    mutant(
        "a response is lost at one reading",
        _RESPONSES + "lost_responses.py",
        "lost_hits",
        Replace("lost is False", "True"),
        _RISKS,
    ),
    mutant(
        "a proposal stops the clock",
        _FLAGS + "escalation_rules.py",
        "review_due",
        Return("row.contact_due_at.replace(year=9000)"),
        _REVIEWS,
    ),
    mutant(
        "the one who proposed an end is told to review it",
        _FLAGS + "flag_clock.py",
        "_escalate",
        Skip("staff", "proposed_by_id"),
        _REVIEWS,
    ),
    mutant(
        "the best value is that of the newest readings",
        _RESPONSES + "worse_scores.py",
        "worse_hits",
        Skip("values", "lowest"),
        _RISKS,
    ),
    mutant(
        "the value before the first dose is that of the newest readings",
        _RESPONSES + "earlier_scores.py",
        "load_earlier",
        Replace("[*newest, *beyond]", "newest"),
        _RISKS,
    ),
    mutant(
        "answers to every version of a clinic's own instrument count",
        "resources/measures/outcomes/service.py",
        "of_instruments",
        Replace("newest.get(row.instrument_id, row.instrument_version)", "row.instrument_version"),
        "tests/resources/measures/test_own_outcomes.py",
    ),
    mutant(
        "trouble with urine is asked again beside a window that asks it",
        "resources/care/arc_windows/repeated_questions.py",
        "_asks",
        Replace("is_open", "False"),
        "tests/resources/measures/test_repeated_questions.py",
    ),
    mutant(
        "missed check-ins of few people are counted",
        "resources/care/arc_windows/window_counts.py",
        "read_arc_window_counts",
        Replace("minimum_of(policy(clinic.policies, 'outcomes_minimum_patients'))", "0"),
        "tests/resources/care/test_arc_window_counts.py",
    ),
    mutant(
        "each clinic reads the size of the database of all",
        "resources/oversight/backups/service.py",
        "read_backups",
        Replace("len(await work.part(sql.FIRST_CLINICS, last_clinic_id=_BEFORE_ALL)) > 1", "False"),
        "tests/cli/test_backup_records.py",
    ),
)
