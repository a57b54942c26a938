"""The Python client's generated modules are those of the document, and its README tells the truth."""

import ast
import asyncio
import importlib.util
import re
import typing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError
from standardwebhooks.webhooks import Webhook

from generate_client.__main__ import MODULES, PACKAGE
from generate_client.document import absent_or_given, digest, prepared, read_document
from generate_client.models import MODELS_HEAD
from integration_journal import Request, models, operations
from integration_journal.requests import sent
from tests.clients.networks import patient_with_password, served
from tests.databases import on_sqlite
from tests.document import operations as documented
from tests.factories.factors import PASSWORD
from tests.processes import ROOT
from tests.support import World

HAS_GENERATOR = importlib.util.find_spec("datamodel_code_generator") is not None
README = ROOT / "clients" / "python" / "README.md"


@pytest.mark.parametrize("name", MODULES if HAS_GENERATOR else [name for name in MODULES if name != "models"])
def test_a_generated_module_is_what_the_document_makes(name: str) -> None:
    """If this fails: `make clients`."""
    assert (PACKAGE / f"{name}.py").read_text("utf-8") == MODULES[name](read_document())


@pytest.mark.thorough
def test_the_models_are_of_this_document() -> None:
    """The digest in their first line is that of the document's schemas. If this fails: `make clients`."""
    head = (PACKAGE / "models.py").read_text("utf-8").partition("\n")[0]
    assert head + "\n\n" == MODELS_HEAD.format(digest=digest(read_document()))


@pytest.mark.thorough
def test_the_digest_sees_a_change_of_a_schema_and_no_change_of_a_text() -> None:
    document = read_document()
    before = digest(document)
    field = document["components"]["schemas"]["MedicineCreate"]["properties"]["name"]
    field["description"] = "In other words."
    assert digest(document) == before
    field["type"] = "integer"
    assert digest(document) != before


def test_a_field_that_takes_no_null_takes_no_none() -> None:
    """Else it is refused when it is sent, which may be hours after it was written."""
    schemas = read_document()["components"]["schemas"]
    found = absent_or_given(prepared(read_document()))
    assert found["ReflectionCreate"] == {"tags", "answers", "insights", "contact_me", "kind"}
    assert schemas["ReflectionCreate"]["properties"].keys() >= found["ReflectionCreate"]
    fields = [(getattr(models, name), field) for name, names in found.items() for field in names]
    assert len(fields) > 100
    for model, name in fields:
        field = model.model_fields[name if name in model.model_fields else f"{name}_"]
        assert type(None) not in typing.get_args(field.annotation), f"{model.__name__}.{name}"
    with pytest.raises(ValidationError, match="tags"):
        models.ReflectionCreate.model_validate({"tags": None})
    assert sent(models.ReflectionCreate(text=None)) == {"text": None}
    assert sent(models.ReflectionCreate()) == {}


def test_no_word_or_number_is_a_class_of_its_own() -> None:
    """`answers={"ci.unreal": 1}` is what mypy takes, since no RootModel stands in between."""
    assert "RootModel" not in (PACKAGE / "models.py").read_text("utf-8")
    kind = models.CheckInCreate.model_fields["answers"].annotation
    assert set(typing.get_args(typing.get_args(kind)[1])) == {int, str, type(None)}


def test_every_operation_has_its_function() -> None:
    made = {name for name, value in vars(operations).items() if getattr(value, "__module__", "") == operations.__name__}
    assert made == {operation["operationId"] for _, _, operation in documented(read_document())}
    request: Request[models.Me] = operations.read_me()
    assert (request.method, request.path, request.key) == ("GET", "/v1/me", None)


def test_what_needs_a_version_cannot_be_called_without_one() -> None:
    names = {operation["operationId"] for _, _, operation in documented(read_document()) if _needs_match(operation)}
    assert len(names) > 40
    functions = {
        node.name: node
        for node in ast.parse((PACKAGE / "operations.py").read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    for name in names:
        keywords = dict(zip(functions[name].args.kwonlyargs, functions[name].args.kw_defaults, strict=True))
        assert [given for argument, given in keywords.items() if argument.arg == "if_match"] == [None], name


def _needs_match(operation: dict[str, object]) -> bool:
    parameters = operation["parameters"]
    return isinstance(parameters, list) and any(parameter["name"] == "If-Match" for parameter in parameters)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            README,
            {
                "2 on this device",
                "2 0 0 False",
                "1 session 019ab0de-0000-7000-8000-000000000004 changed",
                "True",
                "scored: total True",
            },
        ),
        (
            ROOT / "docs" / "front-ends.md",
            {
                "2 on this device",
                "2 sent",
                "here: The river. there: The lake, still.",
                "store it: True",
                "forged: 401",
                "sign in again: wrong-sign-in",
                "lines without a sign-in: True",
                "marked: True sorted by another time: True",
                "404 It is not here any more.",
                "No connection. It is kept here.",
            },
        ),
    ],
    ids=["readme", "front-ends"],
)
@on_sqlite
async def test_the_code_of_a_page_runs(world: World, tmp_path: Path, page: Path, said: set[str]) -> None:
    blocks = _code_of(page)
    assert len(blocks) > 4
    email = await patient_with_password(world)
    printed: list[str] = []
    async with served(world.api) as url:
        given = {"URL": url, "EMAIL": email, "PASSWORD": PASSWORD, "FOLDER": tmp_path}
        names: dict[str, object] = {**given, "print": lambda *words: printed.append(" ".join(map(str, words)))}
        for block in blocks:
            code = compile(block, str(page), "exec")
            await asyncio.to_thread(exec, code, names)
    receive = names["receive"]
    assert callable(receive)
    assert receive("whsec_b3RoZXI=", _signed(), BODY) == 401
    assert receive(SECRET, _signed(), BODY) in (204, "changed")
    assert said <= set(printed)


SECRET = "whsec_b3RoZXIgdGhhbiB0aGF0"
BODY = (
    b'{"type": "session.changed", "timestamp": "2026-11-29T15:00:00Z", "data": {"kind": "session", "id":'
    b' "019ab0de-0000-7000-8000-000000000004", "patient_id": null, "change": "changed"}}'
)


def _signed() -> dict[str, str]:
    now = datetime.now(UTC)
    signature = Webhook(SECRET).sign("1", now, BODY.decode())
    return {"webhook-id": "1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}


def _code_of(page: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
