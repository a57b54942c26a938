"""Protections of the Python client: nothing kept is lost, doubled, or sent for somebody else."""

from tests.mutants.changes import Change, Replace, Skip
from tests.mutants.mutant import Mutant

REQUESTS, SIGNING = "tests/clients/test_python_requests.py", "tests/clients/test_python_sign_in.py"
STREAM, WEBHOOKS = "tests/clients/test_python_stream.py", "tests/clients/test_python_webhooks.py"
SHARING = "tests/clients/test_python_sharing.py"
LEAVING = "tests/clients/test_python_sign_out.py"
QUEUE, FILE = "tests/clients/test_python_queue.py", "tests/clients/test_python_queue_file.py"


def of_client(name: str, module: str, inside: str, change: Change, *tests: str) -> Mutant:
    return Mutant(name, f"clients/python/src/integration_journal/{module}.py", inside, change, tests)


CLIENT = (
    of_client(
        "a queue is sent for whoever is signed in", "core", "Core._present", Skip("AccountChanged", "account_id"), QUEUE
    ),
    of_client("a client's tokens are used unstored", "core", "Core._store", Skip("save"), SIGNING),
    of_client(
        "each request of a client refreshes",
        "core",
        "Core._is_exchanged",
        Replace("kept.tokens != spent", "False"),
        SIGNING,
    ),
    of_client(
        "two processes of a device refresh at once",
        "core",
        "Core._exchanged",
        Replace("not isinstance(self.store, SharedStore)", "True"),
        SHARING,
    ),
    of_client(
        "a process does not look again once it may refresh",
        "core",
        "Core._exchanged",
        Replace("not (yield from self._is_exchanged(spent))", "True"),
        SHARING,
    ),
    of_client(
        "two processes write over each other's tokens",
        "core",
        "Core._sole_change",
        Replace("isinstance(self.store, SharedStore)", "False"),
        SHARING,
    ),
    of_client("a client keeps ended tokens", "core", "Core._ended", Replace("now.ended()", "now"), SIGNING),
    of_client("a client signs in twice by itself", "core", "Core.send", Replace("not is_repeatable", "False"), SIGNING),
    of_client(
        "a client's help waits for a sign-in", "core", "Core._token", Replace("request.is_urgent", "False"), SIGNING
    ),
    of_client(
        "a client's lost delete is refused",
        "core",
        "Core.send",
        Replace("isinstance(problem, NotFound) and is_unsure and request.method == 'DELETE'", "False"),
        REQUESTS,
    ),
    of_client(
        "a client takes a hotel's page for an answer",
        "answers",
        "checked",
        Replace(
            "response.is_success and is_ours and (media_type == wanted or response.status_code == _NO_CONTENT)",
            "response.is_success or response.is_redirect",
        ),
        REQUESTS,
    ),
    of_client("a client waits for an hour", "retries", "Retries.pause", Skip("retry_after", "max_pause"), REQUESTS),
    of_client(
        "a client's ids go back with its clock",
        "ids",
        "Ids.__call__",
        Replace("self._last - now > _MAX_CLOCK_STEP_MS", "True"),
        REQUESTS,
    ),
    of_client(
        "a client takes each refusal for a second text",
        "problems",
        "_BY_STATUS",
        Replace("Problem.__subclasses__()", "_classes(Problem)"),
        QUEUE,
        REQUESTS,
    ),
    of_client(
        "a client's crisis lines are of no country",
        "core",
        "Core._token",
        Replace("request.takes_any_token", "False"),
        SIGNING,
    ),
    of_client("a sign-out of a client is noted nowhere", "core", "Core.leave", Skip("save"), LEAVING),
    of_client(
        "a sign-out of a client is told and not noted", "sign_ins", "signing_out", Skip("leave"), LEAVING, SIGNING
    ),
    of_client("a client's next sign-in tells of none before", "sign_ins", "signing_in", Skip("telling"), LEAVING),
    of_client("a pass of a client tells of no sign-out", "sending", "_told", Skip("telling"), LEAVING),
    of_client("a client's tokens of a sign-out are used unnoted", "sign_ins", "_next", Skip("stored"), LEAVING),
    of_client(
        "a client's tokens outlast a sign-out",
        "tokens",
        "Kept.renewed",
        Replace("tokens if is_ours else self.tokens", "tokens"),
        LEAVING,
    ),
    of_client("a client stays when another process leaves", "core", "Core._present", Skip("_follow_others"), LEAVING),
    of_client(
        "a client forgets the sign-in that it replaces",
        "tokens",
        "Kept.begun",
        Replace("self.left().untold", "self.untold"),
        LEAVING,
    ),
    of_client(
        "a client tells of a sign-out for ever",
        "sign_ins",
        "_tell",
        Replace("problem.is_temporary", "True"),
        LEAVING,
    ),
    of_client("a pass forgets the versions that it made", "sending", "_settle", Skip("etags"), QUEUE),
    of_client("a queue sends what has lost its base", "queue_sql", "DUE", Replace("IS_FREE", "'1'"), QUEUE),
    of_client(
        "a queue forgets what builds on a write", "offline_queue", "OfflineQueue.give_up", Skip("_orphan"), QUEUE
    ),
    of_client(
        "a queue has two senders",
        "offline_queue",
        "OfflineQueue._sole_process",
        Replace("self._path == _MEMORY", "True"),
        FILE,
    ),
    of_client("a queue's file is anybody's", "offline_queue", "OfflineQueue.__init__", Skip("touch"), QUEUE),
    of_client(
        "a queue's writes wait in memory",
        "offline_queue",
        "OfflineQueue.__init__",
        Replace("'PRAGMA synchronous = FULL'", "'PRAGMA synchronous = OFF'"),
        FILE,
    ),
    of_client(
        "a queue keeps what was fetched", "problems", "Problem.as_json", Replace("name != 'current'", "True"), QUEUE
    ),
    of_client(
        "a queue leaves a busy API to a person", "sending", "_settle", Replace("problem.is_temporary", "False"), QUEUE
    ),
    of_client(
        "a queue's delete is refused for being done",
        "sending",
        "_settle",
        Replace("isinstance(problem, NotFound) and entry.method == 'DELETE'", "False"),
        QUEUE,
    ),
    of_client(
        "a queue's texts are not sealed",
        "entries",
        "closed",
        Replace("seal.close(json.dumps(value).encode(), account.account_id)", "json.dumps(value).encode()"),
        FILE,
    ),
    of_client(
        "a write overtakes what it names",
        "entries",
        "names_of",
        Replace("{*_ids_in(request.path.split('/')), *_ids_in(request.body)}", "set()"),
        FILE,
    ),
    of_client(
        "a forged webhook is believed",
        "webhooks",
        "read_webhook",
        Replace("not any([hmac.compare_digest(one, other) for one in wanted for other in signatures])", "False"),
        WEBHOOKS,
    ),
    of_client(
        "an old webhook is believed",
        "webhooks",
        "read_webhook",
        Replace("abs((time.time() if now is None else now) - int(stamp)) > TOLERANCE_SECONDS", "False"),
        WEBHOOKS,
    ),
    of_client(
        "a follower comes back with the token that was over",
        "stream",
        "Follower._ended",
        Replace("reason in _RENEWS", "False"),
        STREAM,
    ),
    of_client(
        "a stream begins without the feed's cursor",
        "stream",
        "Follower._ask",
        Replace("self._place.cursor is not None", "False"),
        STREAM,
    ),
    of_client(
        "a chart that opened in a stream is not read",
        "stream",
        "Follower._changed",
        Replace("item.change == 'opened' and item.patient_id is not None", "False"),
        STREAM,
    ),
    of_client(
        "a stream's line feed is taken for a second end",
        "sse",
        "EventReader.feed",
        Replace("text.endswith('\\r')", "False"),
        STREAM,
    ),
)
