"""Protections of consents, and of safeguarding reports."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

DOCUMENTS, CONSENTS = "resources/people/consent_documents/", "resources/care/consents/"
REPORTS, DELIVERY = "resources/people/safeguarding_reports/", "resources/delivery/"
OF_DOCUMENTS, OF_CONSENTS = "tests/resources/people/test_consent_documents.py", "tests/resources/care/test_consents.py"
PURPOSES = "tests/resources/care/test_consent_purposes.py"
OF_REPORTS, SWEEP = (f"tests/resources/people/test_safeguarding_{name}.py" for name in ("reports", "sweep"))

CONSENTING = (
    mutant(
        "who has a safeguarding report is told of it again",
        REPORTS + "service.py",
        "_tell",
        Replace("account_id not in known", "True"),
        OF_REPORTS,
    ),
    mutant(
        "a text that was not shown is signed",
        CONSENTS + "service.py",
        "_check",
        Replace("body.text_sha256 != digest", "False"),
        OF_CONSENTS,
    ),
    mutant(
        "a retired document is signed",
        CONSENTS + "service.py",
        "_check",
        Replace("document.retired_at is not None", "False"),
        OF_CONSENTS,
    ),
    mutant(
        "a consent is signed in the altered-state window",
        CONSENTS + "service.py",
        "_check",
        Replace("signer.altered_until is not None", "False"),
        OF_CONSENTS,
    ),
    mutant(
        "a consent is signed twice",
        CONSENTS + "service.py",
        "_check",
        Replace("signer.last_document_id == document.id", "False"),
        OF_CONSENTS,
    ),
    mutant(
        "a signature that counts no more is withdrawn in place of the last",
        CONSENTS + "service.py",
        "withdraw_consent",
        Replace("not row.is_last", "False"),
        OF_CONSENTS,
    ),
    mutant(
        "a paper that comes with a withdrawal undoes it",
        CONSENTS + "service.py",
        "_sign",
        Replace("signer.last_withdrawn_at is None", "False"),
        "tests/resources/care/test_consent_races.py",
    ),
    mutant(
        "somebody with emergency access records a consent",
        CONSENTS + "service.py",
        "record_consent",
        Skip("manage_patient"),
        OF_CONSENTS,
    ),
    mutant(
        "a consent is signed without a fresh proof",
        CONSENTS + "operations.py",
        "SIGN_CONSENT",
        Replace("True", "False"),
        OF_CONSENTS,
    ),
    mutant(
        "the team is not told that a consent was withdrawn",
        CONSENTS + "service.py",
        "withdraw_consent",
        Replace("await tell_of_write(work, row.patient_id, TaskKind.CONSENT_WITHDRAWN, row.id)", "None"),
        OF_CONSENTS,
    ),
    mutant(
        "a withdrawn consent permits",
        DOCUMENTS + "purpose_statements.py",
        "permits",
        Replace("_consents.c.withdrawn_at.is_not(None)", "sa.false()"),
        PURPOSES,
    ),
    mutant(
        "a signature of an old version permits what needs a new one",
        DOCUMENTS + "purpose_statements.py",
        "permits",
        Replace('sa.func.coalesce(_asked(purpose), sa.literal_column("1"))', 'sa.literal_column("1")'),
        PURPOSES,
    ),
    mutant(
        "a patient who never signed permits what the clinic asks for",
        DOCUMENTS + "purpose_statements.py",
        "permits",
        Replace("_asked(purpose).is_(None)", "sa.true()"),
        PURPOSES,
    ),
    mutant(
        "a consent to one purpose permits another",
        DOCUMENTS + "purpose_statements.py",
        "_last",
        Replace("_consents.c.purpose == purpose", "sa.true()"),
        PURPOSES,
    ),
    mutant(
        "a program is shown patients who do not permit sharing",
        DOCUMENTS + "purpose_statements.py",
        "shown_to_programs",
        Replace("permits(patient_id, ConsentPurpose.SHARING)", "sa.true()"),
        PURPOSES,
    ),
    mutant(
        "a webhook tells of patients who do not permit sharing",
        DELIVERY + "webhooks/job_statements.py",
        "_is_readable",
        Drop("_is_permitted"),
        PURPOSES,
    ),
    mutant(
        "numbers count patients who do not permit research",
        "resources/measures/outcomes/statements.py",
        "_firsts",
        Drop("permits"),
        PURPOSES,
    ),
    mutant(
        "nobody is told of a disclosure that was not permitted",
        "resources/journal/disclosures/service.py",
        "record_disclosure",
        Skip("tell_role"),
        PURPOSES,
    ),
    mutant(
        "an answer replaces the signature on file",
        "resources/care/readiness/evaluation.py",
        "find_unmet",
        Replace("by_consent(answered, session)", "answered"),
        PURPOSES,
    ),
    mutant(
        "the version before stays in force",
        DOCUMENTS + "service.py",
        "publish_consent_document",
        Skip("revise"),
        OF_DOCUMENTS,
    ),
    mutant(
        "whoever is named receives a report as lead or deputy",
        REPORTS + "rules.py",
        "handlers_of",
        Replace("one not in named", "True"),
        OF_REPORTS,
    ),
    mutant(
        "anybody of the clinic reads a report",
        REPORTS + "statements.py",
        "READ_REPORT",
        Drop("readable"),
        SWEEP,
    ),
    mutant(
        "a reporter handles their own report",
        REPORTS + "statements.py",
        "_handled",
        Replace("_reports.c.lead_id == _ACTOR_ID", "sa.true()"),
        OF_REPORTS,
    ),
    mutant(
        "a list shows the reports of others",
        REPORTS + "statements.py",
        "_list",
        Replace("column == _ACTOR_ID", "sa.true()"),
        OF_REPORTS,
    ),
    mutant(
        "the feed tells of a report that was handed over",
        REPORTS + "statements.py",
        "readable",
        Replace("is_party", "sa.true()"),
        OF_REPORTS,
    ),
    mutant(
        "an anonymous report says whose it is",
        REPORTS + "service.py",
        "_shown",
        Replace('row.facts["is_anonymous"] and not is_yours', "False"),
        OF_REPORTS,
    ),
    mutant(
        "a notice says who sent a report",
        REPORTS + "service.py",
        "_tell",
        Replace("False", "True"),
        OF_REPORTS,
    ),
    mutant(
        "the reporter reads the notes of the lead",
        REPORTS + "service.py",
        "read_safeguarding_report",
        Replace("row.handling if is_handler else None", "row.handling"),
        OF_REPORTS,
    ),
    mutant(
        "a lead whose account has ended receives reports",
        REPORTS + "service.py",
        "_handlers",
        Replace("designation.lead_stands", "True"),
        OF_REPORTS,
    ),
    mutant(
        "the ledger shows that there is a safeguarding report",
        REPORTS + "operations.py",
        "SEND_SAFEGUARDING_REPORT",
        Replace("True", "False"),
        SWEEP,
    ),
    *(
        mutant(
            f"a report whose {column} was edited in the database opens",
            REPORTS + "tables.py",
            "_REPORT_IS",
            Drop(column),
            OF_REPORTS,
        )
        for column in ("reporter_id", "lead_id", "deputy_id")
    ),
    mutant(
        "a lead who was edited in the database receives reports",
        "resources/attention/flags/tables.py",
        "_DESIGNATION_IS",
        Drop("lead_id"),
        OF_REPORTS,
    ),
)
