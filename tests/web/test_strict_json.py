"""JSON from strangers."""

import pytest

from integration_api.web.protocol_errors import BadRequest
from integration_api.web.strict_json import MAX_DEPTH, parse

REFUSED = {
    "not json": b"{",
    "nothing but space": b"  ",
    "two values": b"{} {}",
    "utf-16": '{"a": 1}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "latin-1": '{"a": "é"}'.encode("latin-1"),
    "NaN": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "1e999": b'{"a": 1e999}',
    "2 to the 63": b'{"a": 9223372036854775808}',
    "5000 digits": b'{"a": ' + b"9" * 5000 + b"}",
    "duplicate key": b'{"a": 1, "a": 2}',
    "duplicate key deeper": b'{"b": [{"a": 1, "a": 2}]}',
    "NUL": b'{"a": "\\u0000"}',
    "NUL in a key": b'{"\\u0000": 1}',
    "raw NUL": b'{"a": "\x00"}',
    "lone surrogate": b'{"a": "\\ud800"}',
    "lone low surrogate": b'{"a": "\\udc00x"}',
    "too deep": b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
    "5000 deep": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "trailing comma": b'{"a": 1,}',
    "single quotes": b"{'a': 1}",
    "comment": b'{"a": 1 /* no */}',
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED.keys())
def test_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        parse(body)


def test_read_as_it_stands() -> None:
    text = '{"a": "naïve 😀 \\ud83d\\ude00 \\"[[[[", "b": [1, 2.5, -9223372036854775807, null, true]}'
    assert parse(text.encode()) == {
        "a": 'naïve 😀 😀 "[[[[',
        "b": [1, 2.5, -9223372036854775807, None, True],
    }


def test_as_deep_as_allowed() -> None:
    assert parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) is not None
    assert parse(b'{"a": "' + b"[" * 100 + b'"}') == {"a": "[" * 100}
