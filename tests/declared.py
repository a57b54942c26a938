"""What the OpenAPI document declares of each answer, made ready for the many answers that tests get."""

import json
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from httpx import Response
from jsonschema_rs import Validator

from integration_api.web.problems import PROBLEM
from tests.document import (
    answer_of,
    answer_validator,
    follow,
    made_document,
    members_of,
    problem_codes,
    problem_schemas_of,
)

Json = dict[str, Any]
PROBLEM_MEMBERS = {"type", "title", "status", "code", "detail", "request_id", "errors"}


class Declared:
    """What the document declares of one answer of one operation, made ready for the many that there are."""

    def __init__(self, operation: str, status: int, answer: Json) -> None:
        self._document = made_document()
        self._name = f"{operation}, {status},"
        self._may = {name.lower() for name in answer["headers"]}
        self._must = {
            name.lower()
            for name, header in answer["headers"].items()
            if follow(self._document, header).get("required", False)
        }
        self._codes = problem_codes(answer)
        self._content: Json = answer.get("content", {})
        self._members: dict[str, tuple[set[str], Validator | None]] = {}

    def check_headers(self, answer: Response) -> None:
        """Headers that the document knows are sent if this answer must have them, and only if it may."""
        sent = {name.lower() for name in answer.headers}
        assert (sent & _known_headers()) <= self._may, f"{self._name} declares none of {sent - self._may}"
        assert self._must <= sent, f"{self._name} declares {self._must - sent} and does not send it"

    def check_problem(self, answer: Response, problem: Json) -> None:
        """A problem has one of the codes that are declared, and the members of that code alone."""
        code = problem["code"]
        assert code in self._codes, f"{self._name} does not declare {answer.text}"
        if code not in self._members:
            schema = self._content[PROBLEM]["schema"]
            known = members_of(self._document, schema, code)
            schemas = problem_schemas_of(self._document, schema, code)
            any_of = json.dumps({"anyOf": [{"$ref": name} for name in schemas]})
            self._members[code] = known, answer_validator(any_of) if known else None
        known, validator = self._members[code]
        assert problem.keys() - PROBLEM_MEMBERS <= known, f"{self._name} does not declare {answer.text}"
        if validator is not None:
            validator.validate(problem)

    @cached_property
    def validator(self) -> Validator:
        """Of the answer's JSON."""
        return answer_validator(json.dumps(self._content["application/json"]["schema"]))


@cache
def declared(operation: str, template: str, method: str, status: int) -> Declared | None:
    """What is declared of this answer; None if the document knows none with this status."""
    document = made_document()
    found = answer_of(document, document["paths"][template][method], status)
    return None if found is None else Declared(operation, status, found)


@cache
def _known_headers() -> frozenset[str]:
    return frozenset(name.lower() for name in made_document()["components"]["headers"])


@dataclass
class Paths:
    """The document's paths that begin alike, by their next segments."""

    path: str | None = None
    written: dict[str, "Paths"] = field(default_factory=dict)
    parameters: dict[str, "Paths"] = field(default_factory=dict)
    """By how the segment ends behind the parameter."""

    @classmethod
    @cache
    def of_document(cls) -> "Paths":
        """All of them."""
        root = cls()
        for path in made_document()["paths"]:
            node = root
            for segment in path.split("/")[1:]:
                branches = node.parameters if "{" in segment else node.written
                node = branches.setdefault(segment.rpartition("}")[2], cls())
            node.path = path
        return root

    def of(self, segments: list[str]) -> str | None:
        """The path that these segments are of; those that are written out come before parameters."""
        if not segments:
            return self.path
        first, rest = segments[0], segments[1:]
        branches = [self.written[first]] if first in self.written else []
        branches += [below for end, below in self.parameters.items() if first.endswith(end) and first != end]
        return next((found for below in branches if (found := below.of(rest))), None)
