"""The text of the committed OpenAPI document."""

import json

import pytest

from integration_api.cli.json_text import written

_LONG = "x" * 600


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ({}, ["{}"]),
        ({"a": {"b": [1, "é"]}, "c": None}, ['{"a":{"b":[1,"é"]},"c":null}']),
        (
            {"a": {"b": "x" * 600, "c": "y" * 500}},
            ["{", '"a":{', f'"b":"{"x" * 600}",', f'"c":"{"y" * 500}"', "}", "}"],
        ),
        (["x" * 600, "y y", {"z": "z" * 500}], ["[", f'"{"x" * 600}",', '"y y",', f'{{"z":"{"z" * 500}"}}', "]"]),
        ({"a": "x" * 1100, "b": []}, ["{", f'"a":"{"x" * 1100}",', '"b":[]', "}"]),
    ],
)
def test_json_is_written_with_one_line_for_each_part(value: object, lines: list[str]) -> None:
    assert written(value).splitlines() == lines
    assert json.loads(written(value)) == value
