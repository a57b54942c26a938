"""Protections of research studies and their exports."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import mutant

_STUDIES, _EXPORTS = "resources/oversight/research_studies/", "resources/oversight/research_exports/"
_PURPOSES = "resources/people/consent_documents/purpose_statements.py"
_OVER_HTTP = "tests/resources/oversight/test_research_exports.py"
_OF_JOBS = "tests/resources/oversight/test_research_jobs.py"
_OF_RULES = "tests/resources/oversight/test_research_rules.py"

PSEUDONYMOUS = (
    mutant(
        "research has who never signed",
        _EXPORTS + "research_chart_statements.py",
        "_charts",
        Replace("has_signed(_patients.c.id, ConsentPurpose.RESEARCH)", "sa.true()"),
        _OVER_HTTP,
    ),
    mutant(
        "a withdrawn consent is one for research",
        _PURPOSES,
        "has_signed",
        Replace("_consents.c.withdrawn_at.is_not(None)", "sa.false()"),
        _OVER_HTTP,
    ),
    mutant(
        "a signature for another purpose is one for research",
        _PURPOSES,
        "_last",
        Replace("_consents.c.purpose == purpose", "sa.true()"),
        _OVER_HTTP,
    ),
    mutant(
        "a signature of an earlier text counts for research",
        _PURPOSES,
        "has_signed",
        Replace("_asked(purpose)", "sa.literal_column('1')"),
        _OVER_HTTP,
    ),
    mutant(
        "who withdraws while it is read stays in",
        _EXPORTS + "research_files.py",
        "write_research_export",
        Replace("one.id in still", "one.id is not None"),
        _OF_JOBS,
    ),
    mutant(
        "few who are left are exported",
        _EXPORTS + "research_files.py",
        "write_research_export",
        Replace("len(charts) < minimum", "False"),
        _OF_JOBS,
    ),
    mutant(
        "few are asked for",
        _EXPORTS + "service.py",
        "create_research_export",
        Skip("TooFewConsents"),
        _OVER_HTTP,
    ),
    mutant(
        "a withdrawal leaves what is ready",
        _EXPORTS + "service.py",
        "_state",
        Replace("row.is_outdated", "False"),
        _OF_JOBS,
    ),
    mutant(
        "a document that asks anew leaves what is ready",
        _EXPORTS + "statements.py",
        "_mark",
        Replace(
            "_count(_withdrawn, _withdrawn.c.withdrawn_at.is_not(None)) + _count(_documents)"
            " + _count(_retired, _retired.c.retired_at.is_not(None))",
            "_count(_withdrawn, _withdrawn.c.withdrawn_at.is_not(None))",
        ),
        _OF_JOBS,
    ),
    mutant(
        "an erasure leaves research exports",
        "resources/oversight/retention/service.py",
        "erase_patient",
        Replace("work.change(END_RESEARCH_EXPORTS_OF_CLINIC, rows=None)", "None"),
        _OF_JOBS,
    ),
    mutant(
        "whoever makes it goes on after an erasure",
        _STUDIES + "statements.py",
        "ended_research_values",
        Replace("_exports.c.attempts + 1", "_exports.c.attempts"),
        _OF_JOBS,
    ),
    mutant(
        "a pseudonym is of all studies",
        _EXPORTS + "pseudonyms.py",
        "Disguise.of",
        Replace("base64.b64decode(pseudonym_key)", "b'k' * 32"),
        _OF_RULES,
    ),
    mutant(
        "a pseudonym is the id",
        _EXPORTS + "pseudonyms.py",
        "Disguise._digest",
        Return("thing_id.bytes * 2"),
        _OF_RULES,
    ),
    mutant(
        "dates are true",
        _EXPORTS + "pseudonyms.py",
        "Disguise.at",
        Replace("instant - self.shift", "instant"),
        _OF_RULES,
    ),
    mutant(
        "all dates are shifted alike",
        _EXPORTS + "pseudonyms.py",
        "Disguise.shift",
        Replace("number % span", "span // 2"),
        _OF_RULES,
    ),
    mutant(
        "an age over 89 is told",
        _EXPORTS + "pseudonyms.py",
        "_FROM",
        Replace("AgeBand.OLDEST", "AgeBand.FROM_80"),
        _OF_RULES,
    ),
    mutant(
        "a band of few is told",
        _EXPORTS + "pseudonyms.py",
        "told_bands",
        Replace("count >= minimum", "True"),
        _OF_RULES,
    ),
    mutant(
        "few whose band is hidden stand out",
        _EXPORTS + "pseudonyms.py",
        "told_bands",
        Replace("0 < hidden < minimum", "False"),
        _OF_RULES,
    ),
    mutant(
        "a count of few is told",
        _EXPORTS + "pseudonyms.py",
        "told_count",
        Replace("count >= minimum", "True"),
        _OF_RULES,
    ),
    mutant(
        "two counts differ by one",
        _EXPORTS + "pseudonyms.py",
        "told_count",
        Replace("count - count % minimum", "count"),
        _OF_RULES,
    ),
    mutant(
        "the table of counts is told as it is",
        _EXPORTS + "research_files.py",
        "summary",
        Replace("told_count(count, minimum)", "count"),
        _OF_RULES,
    ),
    mutant(
        "words of a clinic are names of instruments",
        _EXPORTS + "records.py",
        "score_word",
        Skip("NotOfCatalogue"),
        _OF_RULES,
    ),
    mutant(
        "a weight tells of somebody",
        _EXPORTS + "research_chart_statements.py",
        "_IDENTIFYING",
        Drop("WEIGHT"),
        _OVER_HTTP,
    ),
    mutant(
        "patients are not told of research",
        _EXPORTS + "research_exporter.py",
        "_finish",
        Skip("RESEARCH_CHART_INCLUDED"),
        _OVER_HTTP,
    ),
    mutant(
        "a closed study is exported",
        _EXPORTS + "service.py",
        "create_research_export",
        Skip("StudyClosed"),
        _OVER_HTTP,
    ),
    mutant(
        "a study that is closed keeps its key while it is made",
        _EXPORTS + "research_files.py",
        "ResearchTask.study",
        Skip("ExportImpossible"),
        _OF_JOBS,
    ),
    mutant(
        "privacy officers are not told of research",
        _EXPORTS + "service.py",
        "create_research_export",
        Skip("tell_role"),
        _OVER_HTTP,
    ),
    mutant(
        "research needs no fresh proof",
        _EXPORTS + "operations.py",
        "CREATE_RESEARCH_EXPORT",
        Drop("needs_step_up"),
        _OVER_HTTP,
    ),
    mutant(
        "admins export for research",
        _EXPORTS + "operations.py",
        "CREATE_RESEARCH_EXPORT",
        Replace("PRIVACY_OFFICERS", "__import__('integration_api.access.operations', fromlist=['ADMINS']).ADMINS"),
        _OVER_HTTP,
    ),
    mutant(
        "files of research exports are swept while they are needed",
        _EXPORTS + "research_job_statements.py",
        "LIVE_RESEARCH_OBJECTS",
        Replace("_exports.c.objects != sa.literal(b'', sa.LargeBinary())", "sa.false()"),
        _OF_JOBS,
    ),
    mutant(
        "two processes make one research export",
        _EXPORTS + "research_job_statements.py",
        "CLAIM_RESEARCH_EXPORT",
        Replace("_is_due", "sa.or_(sa.true(), _is_due)"),
        _OF_JOBS,
    ),
)
