"""What hostile clients send: bodies as bytes, header values, paths, queries. None may be a 5xx, on any operation."""

import base64
import json

MARK = "hostile-canary"
_M = MARK.encode()

NOT_JSON = {
    "empty object unclosed": b"{",
    "only white space": b" \r\n\t ",
    "two values": b"{} {}",
    "trailing comma": b'{"a": 1,}',
    "single quotes": b"{'a': 1}",
    "comment": b'{"a": 1 /* ' + _M + b" */}",
    "unquoted key": b"{a: 1}",
    "hexadecimal": b'{"a": 0x10}',
    "leading zero": b'{"a": 01}',
    "plus sign": b'{"a": +1}',
    "bare point": b'{"a": .5}',
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": Infinity}',
    "minus Infinity": b'{"a": -Infinity}',
    "1e999": b'{"a": 1e999}',
    "minus 1e999": b'{"a": -1e999}',
    "2 to the 63": b'{"a": 9223372036854775808}',
    "5000 digits": b'{"a": ' + b"9" * 5000 + b"}",
    "5000 digits of a fraction": b'{"a": 0.' + b"9" * 5000 + b"}",
    "key given twice": b'{"id": 1, "id": 2}',
    "key given twice, escaped": b'{"id": 1, "\\u0069d": 2}',
    "key given twice, deep": b'{"a": [{"b": 1, "b": 2}]}',
    "NUL": b'{"a": "\x00"}',
    "NUL escaped": b'{"a": "\\u0000"}',
    "NUL in a key": b'{"\\u0000": 1}',
    "line break in a string": b'{"a": "x\ny"}',
    "lone surrogate": b'{"a": "\\ud800"}',
    "lone surrogate in a key": b'{"\\udfff": 1}',
    "surrogates swapped": b'{"a": "\\udc00\\ud800"}',
    "bad escape": b'{"a": "\\x41"}',
    "escape cut short": b'{"a": "\\u12',
    "900 deep": b"[" * 900 + b"]" * 900,
    "5000 objects deep": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "100000 brackets open": b"[" * 100_000,
    "33 deep": b"[" * 33 + b"]" * 33,
    "mismatched": b'{"a": [1}',
    "byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "UTF-32": '{"a": 1}'.encode("utf-32"),
    "latin-1": '{"a": "é"}'.encode("latin-1"),
    "overlong UTF-8": b'{"a": "\xc0\xaf"}',
    "surrogate in UTF-8": b'{"a": "\xed\xa0\x80"}',
    "beyond Unicode": b'{"a": "\xf5\x80\x80\x80"}',
    "gzip": b"\x1f\x8b\x08\x00" + b"\x00" * 20,
    "form": b"a=1&b=" + _M,
    "multipart": b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
    "XML": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "YAML": b"!!python/object/apply:os.system ['true']",
    "pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94.",
    "JSON lines": b'{"a": 1}\n{"a": 2}',
    "JSONP": b"callback({})",
}
"""Not JSON as we read it."""

WRONG_SHAPES = {
    "null": b"null",
    "true": b"true",
    "a number": b"0",
    "a negative zero": b"-0.0",
    "a string": b'"' + _M + b'"',
    "an empty list": b"[]",
    "a list of objects": b"[{}, {}]",
    "an unknown field": b'{"' + _M + b'": 1}',
    "a thousand unknown fields": b"{" + b", ".join(b'"f%d": 1' % n for n in range(1000)) + b"}",
    "a prototype": b'{"__proto__": {"x": 1}, "constructor": {"prototype": {}}}',
    "a class": b'{"__class__": "os.system", "py/object": "os"}',
    "an operator": b'{"$where": "1", "$gt": ""}',
    "a reference": b'{"$ref": "#/components/schemas/Me"}',
    "an empty key": b'{"": 1}',
    "a key of 100 KB": b'{"' + b"k" * 100_000 + b'": 1}',
    "32 deep": b'{"a":' + b"[" * 31 + b"]" * 31 + b"}",
    "ten thousand elements": b'{"ids": [' + b"1," * 9_999 + b"1]}",
    "fields of the server": b'{"id": "x", "clinic_id": "x", "version": 0, "roles": ["clinic_admin"]}',
    "the largest integer": b'{"version": 9223372036854775807, "limit": -9223372036854775808}',
    "right to left": '{"\u202e": "\u202etxt.exe"}'.encode(),
    "combining": ('{"a": "' + "e" + "\u0301" * 5_000 + '"}').encode(),
}
"""JSON, but never what an operation takes."""

BODIES = NOT_JSON | WRONG_SHAPES

HEADERS: dict[str, dict[str, str]] = {
    "no length, no type": {"Content-Type": ""},
    "type of text": {"Content-Type": "text/plain"},
    "type with rubbish": {"Content-Type": "application/json; charset=" + "x" * 5_000},
    "charset UTF-7": {"Content-Type": "application/json; charset=utf-7"},
    "two types": {"Content-Type": "application/json, text/html"},
    "compressed, it says": {"Content-Encoding": "gzip"},
    "if-match of 10 KB": {"If-Match": '"' + "1" * 10_000 + '"'},
    "if-match list": {"If-Match": ", ".join(f'"{n}"' for n in range(2_000))},
    "if-match huge number": {"If-Match": '"99999999999999999999999"'},
    "if-match negative": {"If-Match": '"-1"'},
    "if-match any": {"If-Match": "*"},
    "if-none-match list": {"If-None-Match": ", ".join(f'W/"{n}"' for n in range(2_000))},
    "key empty": {"Idempotency-Key": ""},
    "key long": {"Idempotency-Key": "k" * 5_000},
    "key of control characters": {"Idempotency-Key": "a\x01\x7f"},
    "request id long": {"X-Request-Id": "r" * 5_000},
    "request id that writes lines": {"X-Request-Id": 'a", "level": "critical'},
    "another method": {"X-HTTP-Method-Override": "DELETE"},
    "another host": {"Host": "evil.example"},
    "forwarded": {"X-Forwarded-For": "127.0.0.1, ::1, " + MARK, "Forwarded": "for=unknown", "X-Real-IP": "10.0.0.1"},
    "another path": {"X-Original-URL": "/v1/ledger", "X-Rewrite-URL": "/v1/ledger"},
    "origin null": {"Origin": "null"},
    "origin": {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    "accept": {"Accept": "*/*;q=" + "9" * 2_000},
    "range": {"Range": "bytes=0-1,2-3,-99999999999999999999"},
    "cookie": {"Cookie": "session=" + MARK},
    "expect": {"Expect": "100-continue"},
    "user agent that writes lines": {"User-Agent": '\x1b[31m{"level":"critical"}'},
}

QUERIES = [
    "limit=0",
    "limit=101",
    "limit=1e3",
    "limit=",
    "limit=25&limit=26",
    "limit=99999999999999999999999999",
    "limit=%00",
    "cursor=AAAA",
    f"cursor={'A' * 90}",
    f"cursor={'A' * 5_000}",
    "cursor=%00",
    "cursor=%ff%fe",
    "state=%ff",
    f"{MARK}=1",
    "patient_id[]=1",
    "patient_id=1%27%20OR%20%271%27=%271",
    "sort=id;drop%20table%20ledger",
    "a" * 5_000,
    "&&&&=&=&",
    "%",
    "after=0001-01-01T00:00:00%2B14:00",
    "after=9999-12-31T23:59:59-14:00&before=0001-01-01T00:00:00Z",
]

PATHS = [
    "/v1/reflections/%00",
    "/v1/reflections/..%2f..%2fetc%2fpasswd",
    "/v1/reflections/" + "a" * 4_000,
    "/v1/reflections/%ff%fe",
    "/v1/reflections/9223372036854775808",
    "/v1/reflections/-1",
    "/v1/reflections/00000000-0000-0000-0000-000000000000",
    "/v1/reflections/{00000000-0000-0000-0000-000000000000}",
    "/v1/reflections/urn:uuid:019ab0de-0000-7000-8000-0000000000ff",
    "/v1/reflections/019AB0DE00007000800000000000 0FF",
    "/v1//reflections",
    "/v1/reflections/",
    "/v1/reflections;x=1",
    "/V1/REFLECTIONS",
    "/v1/./reflections",
    "/v1/%72eflections/%72",
    "/v1/patients/" + MARK + "/timeline/" + MARK,
    "/v1/" + "a/" * 1_000,
    "/%2e%2e/%2e%2e/",
    "/.env",
    "/v1/notes/\u202e",
]


def _token(head: str, claims: str = "{}") -> str:
    parts = (head.encode(), claims.encode(), b"no signature")
    return "Bearer " + ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


_ODD = ("null", "true", "5", "1e400", "[]", '["HS256"]', "{}", '{"a":[]}', '""', '"\\ud800"', "1" * 5000, "[" * 9000)
TOKENS: dict[str, str] = {
    "nothing": "",
    "a scheme alone": "Bearer",
    "a scheme and a gap": "Bearer ",
    "another scheme": f"Basic {MARK}",
    "no token": f"Bearer {MARK}",
    "dots": "Bearer ..",
    "many dots": "Bearer " + "a." * 2000,
    "no base64": "Bearer \u00ff.\u00ff.\u00ff",
    "a head that is no JSON": _token("{"),
    "a head that is no UTF-8": "Bearer __8.e30.e30",
    **{f"a head that is {value[:12]}": _token(value) for value in _ODD},
    **{
        f"{name} that is {value[:12]}": _token(
            json.dumps({"alg": "RS256", "kid": "k", "typ": "at+jwt", name: 0}).replace(
                f'"{name}": 0', f'"{name}": {value}'
            )
        )
        for name in ("alg", "kid", "typ")
        for value in _ODD
        if name != "kid" or not value.startswith('"')  # a name like any other: the issuer would be asked for its keys
    },
    **{
        f"ours, and {name} that is {value[:12]}": _token(f'{{"alg":"HS256","typ":"at+jwt","{name}":{value}}}')
        for name in ("kid", "typ", "crit", "b64")
        for value in _ODD
    },
}
"""What may be said in `Authorization`: none of it is anybody. No issuer need be asked to know that."""
