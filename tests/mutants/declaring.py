"""Promises of the OpenAPI document to those who generate clients."""

from tests.mutants.changes import Replace, Skip
from tests.mutants.mutant import mutant

FORMS = "tests/web/test_openapi_forms.py"
FIELDS = "tests/web/test_field_types.py"

DECLARING = (
    mutant(
        "a change seems possible without If-Match", "web/openapi.py", "_MATCH_HEADER", Replace("True", "False"), FORMS
    ),
    mutant("no GET tells of 304", "web/openapi.py", "_finish", Skip("not_modified"), FORMS),
    mutant("an answer is closed", "web/openapi_components.py", "Components.as_json", Skip("open_answers"), FORMS),
    mutant("an enumeration has no name", "web/openapi_components.py", "Components.as_json", Skip("share_names"), FORMS),
    mutant(
        "a new code breaks a client",
        "web/openapi_problems.py",
        "problem_schemas",
        Replace('"x-extensible-enum"', '"enum"'),
        FORMS,
    ),
    mutant(
        "a field without an example is made up",
        "web/openapi_examples.py",
        "_by_type",
        Replace('schema.get("type") not in _BY_TYPE', "False"),
        FIELDS,
    ),
)
