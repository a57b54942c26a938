"""The text of the committed OpenAPI document."""

import json

import pytest

from integration_api.cli.json_text import written


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ({}, ["{}"]),
        ({"a": {"b": [1, "é"]}}, ['{"a": {"b": [1, "é"]}}']),
        ({"a": 1, "b": {"c": 2, "d": []}}, ["{", '"a": 1,', '"b": {"c": 2, "d": []}', "}"]),
        ({"a": {"b": [{"c": 1, "d": 2}]}}, ['{"a": {"b": [{"c": 1, "d": 2}]}}']),
        ([{"a": 1, "b": [[2]]}, 3], ["[", "{", ' "a": 1,', ' "b": [[2]]', "},", "3", "]"]),
        ({"a": {"b": "x" * 60, "c": "y" * 60}}, ['{"a": {', f' "b": "{"x" * 60}",', f' "c": "{"y" * 60}"', "}}"]),
        (["x" * 60, "y" * 60], ["[", f'"{"x" * 60}",', f'"{"y" * 60}"', "]"]),
        (["x" * 60, "y y", "z" * 60], ["[", f'"{"x" * 60}", "y y",', f'"{"z" * 60}"', "]"]),
    ],
)
def test_json_is_written_with_one_line_for_each_key(value: object, lines: list[str]) -> None:
    assert written(value).splitlines() == lines
    assert json.loads(written(value)) == value
