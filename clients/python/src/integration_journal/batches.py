"""Carrying the offline queue in batches: `POST /v1/sync`, up to a hundred writes in one request."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from integration_journal import models, operations
from integration_journal.answers import answer_to
from integration_journal.core import Core
from integration_journal.entries import Entry
from integration_journal.problems import NotSignedIn, Problem, problem_from
from integration_journal.retries import ONCE
from integration_journal.sending import OneByOne, Outcome
from integration_journal.steps import Steps

BATCHED = frozenset(get_args(models.SyncItem.model_fields["operation"].annotation))
"""The operations that a batch may hold. Others go alone."""
_MAX_BYTES = 900_000
"""The API takes a body of 1 MiB."""
_MIN_REFUSAL = 400


@dataclass(frozen=True, slots=True)
class Batches:
    """Sends many entries at once, none of which builds on another: give it to a client as its `carrier`."""

    max_entries: int = 50

    def carry(self, core: Core, entries: Sequence[Entry]) -> Steps[list[Outcome]]:
        """Return what became of the first entries, in order."""
        if entries[0].operation not in BATCHED:
            return (yield from OneByOne().carry(core, entries[:1]))
        chosen = _first(entries)
        body = models.SyncBatch(items=[_item(entry) for entry in chosen])
        request = operations.send_batch(body)
        try:
            response = yield from core.send(request, ONCE, chosen[0].account)
        except NotSignedIn:
            raise
        except Problem as problem:
            if problem.is_temporary:
                raise
            return (yield from OneByOne().carry(core, entries[:1]))  # the refusal is of one of them: find out which
        results = {result.key: result for result in answer_to(request, response).value.results}
        return [_outcome(results[entry.key]) for entry in chosen]


def _first(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of one batch: the first ones that a batch may hold, and that fit."""
    found: list[Entry] = []
    size = 0
    for entry in entries:
        size += len(json.dumps(entry.body)) + len(entry.path) + len(entry.key) + 300
        if entry.operation not in BATCHED or (found and size > _MAX_BYTES):
            break
        found.append(entry)
    return found


def _item(entry: Entry) -> models.SyncItem:
    given = {
        "key": entry.key,
        "operation": entry.operation,
        "path": entry.path,
        "if_match": entry.base_version,
        "body": entry.body,
        "on_conflict": entry.on_conflict,
    }
    return models.SyncItem.model_validate({name: value for name, value in given.items() if value is not None})


def _outcome(result: models.SyncResult) -> Outcome:
    if result.status is None:
        return Outcome()
    if result.status >= _MIN_REFUSAL:
        return Outcome(problem=problem_from(result.status, result.problem or {}))
    return Outcome(is_done=True, etag=result.etag)
