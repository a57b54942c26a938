"""The text of the committed OpenAPI document."""

import json

import pytest

from integration_api.cli.json_text import written


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ({}, ["{}"]),
        ({"a": {"b": [1, "é"]}, "c": None}, ['{"a":{"b":[1,"é"]},"c":null}']),
        ({"a": {"b": "x" * 70, "c": "y" * 60}}, ["{", '"a":{', f'"b":"{"x" * 70}",', f'"c":"{"y" * 60}"', "}", "}"]),
        (["x" * 70, "y y", {"z": "z" * 60}], ["[", f'"{"x" * 70}",', '"y y",', f'{{"z":"{"z" * 60}"}}', "]"]),
        ({"a": "x" * 130, "b": []}, ["{", f'"a":"{"x" * 130}",', '"b":[]', "}"]),
    ],
)
def test_json_is_written_with_one_line_for_each_part(value: object, lines: list[str]) -> None:
    assert written(value).splitlines() == lines
    assert json.loads(written(value)) == value
