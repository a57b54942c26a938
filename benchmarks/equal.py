"""Before anything is timed: every variant gives the same answers."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from benchmarks.cells import Bench
from benchmarks.targets import Target, targets
from benchmarks.variants import Running

_SAMPLES = 5
_MADE = {"id", "created_at", "updated_at", "submitted_at", "shared_at", "stated_at", "reviewed_by", "next_cursor"}
"""Made by the server, or worked out from its clock; compared by presence alone, where a request writes."""
_INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$")


class Different(Exception):
    """A variant answers something else than the product; the message says where."""


def ask(running: Running, target: Target) -> Any:  # noqa: ANN401  any JSON
    """One answer. Raises Different where it is a refusal."""
    request = urllib.request.Request(running.url + target.path, method=target.method)  # noqa: S310  our own address
    request.add_header("Authorization", f"Bearer {target.token}")
    if target.if_match != "-":
        request.add_header("If-Match", target.if_match)
    if target.body != "-":
        request.data = target.body.encode()
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  as above
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        msg = f"{target.method} {target.path.partition('?')[0]}: {error.code} {error.read()[:300]!r}"
        raise Different(msg) from error


def _plain(value: Any, *, is_new: bool, name: str = "") -> Any:  # noqa: ANN401  any JSON
    """Instants as instants; what the server makes, as whether it is there."""
    if isinstance(value, dict):
        return {key: _plain(inner, is_new=is_new, name=key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, is_new=is_new, name=name) for inner in value]
    if name == "next_cursor" or (is_new and name in _MADE):
        return value is None
    if isinstance(value, str) and _INSTANT.match(value):
        return datetime.fromisoformat(value)
    if is_new and name == "text" and isinstance(value, str):
        return re.sub(r"\d\d:\d\d|by \w+ \d+ \w+|on \w+ \d+ \w+", "…", value)  # a minute may pass in between
    return value


def _same(expected: Any, found: Any, place: str) -> None:  # noqa: ANN401  any JSON
    if isinstance(expected, dict) and isinstance(found, dict):
        if expected.keys() != found.keys():
            msg = f"{place}: keys {sorted(expected.keys() ^ found.keys())}"
            raise Different(msg)
        for key in expected:
            _same(expected[key], found[key], f"{place}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for at, (left, right) in enumerate(zip(expected, found, strict=True)):
            _same(left, right, f"{place}[{at}]")
    elif expected != found:
        msg = f"{place}: {found!r:.80} instead of {expected!r:.80}"
        raise Different(msg)


async def check(bench: Bench, ours: Running, others: Sequence[Running], workloads: Sequence[str]) -> dict[str, str]:
    """Which of the others answers something else, and where."""
    wrong: dict[str, str] = {}
    for workload in workloads:
        able = [ours, *(other for other in others if workload in other.variant.workloads)]
        samples = [] if workload == "W5" else targets(workload, bench.who)[:_SAMPLES]
        is_new = workload in ("W1", "W5")
        expected = []
        for running in able:
            if workload == "W5":
                lines = (await bench.drafts(_SAMPLES)).read_text().splitlines()
                samples = [Target(*line.split("\t")) for line in lines]
            try:
                found = [_plain(ask(running, target), is_new=is_new) for target in samples]
                if workload == "W5":
                    for at, answer in enumerate(found):
                        answer.pop("patient_id", None)
                        answer["captured_at"] = answer["happened_at"] = at
                if running is ours:
                    expected = found
                _same(expected, found, workload)
            except (Different, OSError) as error:
                if running is ours:
                    raise
                wrong[running.variant.name] = str(error)
    return wrong
