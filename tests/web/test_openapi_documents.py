"""The documents in several files: small, each whole by itself, together the whole."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from integration_api.resources.register import DOCUMENTS, RESOURCES, Subject
from integration_api.web.openapi_documents import MAIN, file_name
from tests.document import made_document
from tests.support import Api, Json

MAX_BYTES = 500_000
ROOT = Path(__file__).parents[2]
NAMES = [MAIN, *map(file_name, Subject)]
KEPT_BY_LANGUAGES = {
    *("Any", "Array", "Character", "Class", "Data", "Date", "Double", "Enum", "Error", "Export", "Float"),
    *(
        "Function",
        "Int",
        "Iterable",
        "List",
        "Map",
        "Never",
        "Null",
        "Object",
        "Optional",
        "Pattern",
        "Protocol",
        "Range",
        "Result",
    ),
    *("Self", "Set", "Source", "String", "Symbol", "Type", "Unit", "Url", "Uuid", "Void"),
}
"""Names of types of Dart, Kotlin, Swift and TypeScript: a schema of that name would be called otherwise there."""
TEXTS = {name: (ROOT / name).read_text("utf-8") for name in NAMES}
MADE: dict[str, Json] = {name: json.loads(text) for name, text in TEXTS.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_small(name: str) -> None:
    assert len(TEXTS[name].encode()) < MAX_BYTES, "what does it say twice?"


@pytest.mark.parametrize("name", NAMES)
def test_no_schema_has_a_name_that_a_language_keeps(name: str) -> None:
    assert not KEPT_BY_LANGUAGES & MADE[name]["components"]["schemas"].keys()


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_whole_and_has_nothing_beside(name: str) -> None:
    OPENAPI_31_VALIDATOR.validate(MADE[name])
    components = MADE[name]["components"]
    found = {(kind, part) for kind, parts in components.items() for part in parts if kind != "securitySchemes"}
    assert found == set(re.findall(r'"#/components/([^/"]+)/([^"]+)"', TEXTS[name]))
    assert [tag["name"] for tag in MADE[name]["tags"]] == list(
        dict.fromkeys(tag["name"] for tag in made_document()["tags"] if tag["name"] in tags_of(MADE[name]))
    )


def tags_of(document: Json) -> set[str]:
    """The tags of the operations of a document."""
    return {tag for methods in document["paths"].values() for one in methods.values() for tag in one["tags"]}


def test_together_they_are_the_document_of_the_code() -> None:
    """Each operation stands in one of them; a component of several is the same in each."""
    whole = made_document()
    for kind, parts in whole["components"].items():
        for name, part in parts.items():
            copies = [made["components"][kind][name] for made in MADE.values() if name in made["components"][kind]]
            assert copies, name
            assert all(copy == part for copy in copies), name
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            found = [made["paths"][path][method] for made in MADE.values() if method in made["paths"].get(path, {})]
            assert found == [operation], f"{method} {path}"
    count = Counter(path for made in MADE.values() for path in made["paths"])
    assert count.keys() == whole["paths"].keys()


def test_each_subject_is_of_resources_that_there_are() -> None:
    known = {resource.name for resource in RESOURCES}
    named = Counter(name for names in DOCUMENTS.values() for name in names)
    assert named.keys() <= known
    assert set(named.values()) == {1}


@pytest.mark.parametrize("name", NAMES)
async def test_a_document_is_served(sqlite_api: Api, name: str) -> None:
    assert (await sqlite_api.client.get(f"/{name}")).json() == MADE[name]


@pytest.mark.parametrize("subject", ["", *Subject])
async def test_each_document_has_a_page_and_the_first_names_the_others(sqlite_api: Api, subject: str) -> None:
    path, name = (f"/docs/{subject}", file_name(subject)) if subject else ("/docs", MAIN)
    assert f"'/{name}'" in (await sqlite_api.client.get(path)).text
    assert not subject or (f"`/{name}`" in TEXTS[MAIN] and f"`{path}`" in TEXTS[MAIN])
