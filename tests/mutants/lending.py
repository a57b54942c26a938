"""Protections of what programs read by FHIR: who gets a token, for which types, of whom, and of which clinic."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_TOKENS, _READS = "tests/fhir/test_smart_tokens.py", "tests/fhir/test_smart_reads.py"
_FHIR, _ROOM = "fhir/", "resources/people/service_accounts/"
_BULK = "tests/fhir/test_bulk_exports.py"
_PROGRAMS = "tests/resources/people/test_service_keys.py"

LENDING = (
    mutant(
        "an assertion for another server is accepted",
        _FHIR + "assertions.py",
        "_checked",
        Replace("claims['aud'] != audience", "False"),
        _TOKENS,
    ),
    mutant(
        "an assertion that has expired is accepted",
        _FHIR + "assertions.py",
        "_checked",
        Replace("expires <= seconds", "False"),
        _TOKENS,
    ),
    mutant(
        "an assertion lasts for hours",
        _FHIR + "assertions.py",
        "_checked",
        Replace("expires > latest + MAX_LIFETIME.total_seconds()", "False"),
        _TOKENS,
    ),
    mutant(
        "an assertion of one program is of another subject",
        _FHIR + "assertions.py",
        "_checked",
        Replace("claims['iss'] != claims['sub']", "False"),
        _TOKENS,
    ),
    mutant(
        "an assertion works twice",
        _FHIR + "smart_tokens.py",
        "create_smart_token",
        Skip("USE_CHALLENGE"),
        _TOKENS,
    ),
    mutant(
        "the same id of two programs is one",
        _FHIR + "assertions.py",
        "Assertion.used_id",
        Replace("self.account_id.bytes + jti.encode()", "jti.encode()"),
        _TOKENS,
    ),
    mutant(
        "the address of the keys is the assertion's choice",
        _FHIR + "assertions.py",
        "verified",
        Replace("claimed.jku not in (None, address_in(registered))", "False"),
        _TOKENS,
    ),
    mutant(
        "a scope that was not granted is given",
        _FHIR + "requested_scopes.py",
        "scopes_asked_for",
        Replace("not asked <= {*held}", "False"),
        _TOKENS,
    ),
    mutant(
        "a scope that cannot be read is passed over",
        _FHIR + "requested_scopes.py",
        "scopes_asked_for",
        Replace("None in found", "False"),
        _TOKENS,
    ),
    mutant(
        "an account without types gets a token",
        _FHIR + "requested_scopes.py",
        "scopes_asked_for",
        Replace("not held", "False"),
        _TOKENS,
    ),
    mutant(
        "a type is read by the scope of another",
        "access/policy.py",
        "granted",
        Replace("through in actor.scopes", "True"),
        _READS,
    ),
    mutant(
        "a type is read that no operation shares",
        "access/policy.py",
        "granted",
        Replace("through in operation.programs_read", "True"),
        _READS,
    ),
    mutant(
        "a token of FHIR becomes wide when the account changes",
        "access/actor.py",
        "Actor.scopes_now",
        Replace("of_account & self.scopes | {BY_FHIR}", "of_account | {BY_FHIR}"),
        _READS,
    ),
    mutant(
        "a program is shown courses of who does not permit it",
        "resources/care/courses/statements.py",
        "_shown",
        Replace("shown_to_programs(_courses.c.patient_id)", "_courses.c.id == _courses.c.id"),
        _READS,
    ),
    mutant(
        "a program is shown notes of who does not permit it",
        "resources/journal/notes/reader_statements.py",
        "shown_to_programs",
        Drop("permits"),
        _READS,
    ),
    mutant(
        "a program is shown notes that nobody signed",
        "resources/journal/notes/reader_statements.py",
        "shown_to_programs",
        Replace(
            "sa.and_(signed, permits(table.c.patient_id, ConsentPurpose.SHARING))",
            "permits(table.c.patient_id, ConsentPurpose.SHARING)",
        ),
        _READS,
    ),
    mutant(
        "a token of the secret opens FHIR",
        "access/actor.py",
        "Actor.is_by_fhir",
        Replace("BY_FHIR in self.scopes", "True"),
        _READS,
    ),
    mutant(
        "new keys leave the tokens of those before",
        _ROOM + "service_keys.py",
        "set_service_keys",
        Skip("END_SIGN_INS"),
        _READS,
    ),
    mutant(
        "keys that were moved by hand let somebody in",
        _FHIR + "smart_tokens.py",
        "create_smart_token",
        Replace("not is_bound", "False"),
        _TOKENS,
    ),
    mutant(
        "the header of a request chooses the audience",
        _FHIR + "smart_tokens.py",
        "token_address",
        Replace(
            "None if public is None else public + TOKEN_PATH", "(public or 'https://journal.example.org') + TOKEN_PATH"
        ),
        _TOKENS,
    ),
    mutant(
        "a private address is asked for keys",
        _ROOM + "service_keys.py",
        "_key_texts",
        Skip("url_refused"),
        _PROGRAMS,
    ),
    mutant(
        "a short key is taken",
        _ROOM + "key_sets.py",
        "usable",
        Skip("RSAPublicKey"),
        _PROGRAMS,
    ),
    mutant(
        "another curve is taken",
        _ROOM + "key_sets.py",
        "usable",
        Skip("EllipticCurvePublicKey"),
        _PROGRAMS,
    ),
    mutant(
        "another program takes a bulk file",
        "resources/oversight/exports/bulk_statements.py",
        "READ_BULK_FILE",
        Drop("_is_mine"),
        _BULK,
    ),
    mutant(
        "a narrower token takes a bulk file of another type",
        _FHIR + "bulk_exports.py",
        "read_bulk_file",
        Replace("scope_of(row.kind) not in work.actor.scopes", "False"),
        "tests/fhir/test_bulk_bounds.py",
    ),
    mutant(
        "a sign-in that began by keys of before is kept",
        _ROOM + "service_keys.py",
        "set_service_keys",
        Replace("row.epoch + 1", "row.epoch"),
        _TOKENS,
    ),
    mutant(
        "another program follows a bulk export",
        "resources/oversight/exports/bulk_statements.py",
        "_mine",
        Drop("_is_mine"),
        _BULK,
    ),
    mutant(
        "a process that takes over begins anew",
        _FHIR + "bulk_exporter.py",
        "BulkExporter._make",
        Replace("row.place.partition('.')", "'0.'.partition('.')"),
        _BULK,
    ),
    mutant(
        "no patient sees that a program has their chart",
        _FHIR + "bulk_steps.py",
        "keep",
        Skip("BULK_EXPORT_CHART_READ"),
        _BULK,
    ),
    mutant(
        "a type of another scope is in a bulk export",
        _FHIR + "bulk_parameters.py",
        "bulk_asked",
        Skip("wanted", "possible", "refused"),
        _BULK,
    ),
    mutant(
        "the parts of a bulk file are swept while it is there",
        "resources/oversight/exports/bulk_statements.py",
        "LIVE_BULK_OBJECTS",
        Replace("_files", "_files, _files.c.id > _files.c.id"),
        _BULK,
    ),
)
