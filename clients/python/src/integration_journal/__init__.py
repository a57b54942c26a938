"""The Python client of the Integration Journal API. Begin with `Journal` or `AsyncJournal`, and `operations`."""

from integration_journal import models, operations
from integration_journal.answers import Answer, Page, Unchanged
from integration_journal.batches import Batches
from integration_journal.client import AsyncJournal, Journal
from integration_journal.codes import Code
from integration_journal.entries import Entry, Seal, State
from integration_journal.feed import Changes
from integration_journal.ids import Ids, new_id, now
from integration_journal.offline_queue import OfflineQueue
from integration_journal.problems import (
    AccountChanged,
    Conflict,
    CursorExpired,
    FieldError,
    Forbidden,
    Gone,
    IllegalTransition,
    Invalid,
    JournalError,
    KeptBoth,
    NotFound,
    NotReached,
    NotSignedIn,
    NotThisApi,
    Problem,
    RateLimited,
    SecondFactorNeeded,
    SecondFactorRequired,
    StaleVersion,
    StepUpRequired,
    Unavailable,
    UnreadableAnswer,
    WrongSignIn,
)
from integration_journal.requests import FOLLOWING, Request
from integration_journal.retries import Retries
from integration_journal.sending import Carrier, Outcome, Report
from integration_journal.tokens import Account, FileTokens, Kept, MemoryTokens, SharedStore, Tokens, TokenStore
from integration_journal.webhooks import WebhookMessage, WebhookRefused, read_webhook

__all__ = [
    "FOLLOWING",
    "Account",
    "AccountChanged",
    "Answer",
    "AsyncJournal",
    "Batches",
    "Carrier",
    "Changes",
    "Code",
    "Conflict",
    "CursorExpired",
    "Entry",
    "FieldError",
    "FileTokens",
    "Forbidden",
    "Gone",
    "Ids",
    "IllegalTransition",
    "Invalid",
    "Journal",
    "JournalError",
    "Kept",
    "KeptBoth",
    "MemoryTokens",
    "NotFound",
    "NotReached",
    "NotSignedIn",
    "NotThisApi",
    "OfflineQueue",
    "Outcome",
    "Page",
    "Problem",
    "RateLimited",
    "Report",
    "Request",
    "Retries",
    "Seal",
    "SecondFactorNeeded",
    "SecondFactorRequired",
    "SharedStore",
    "StaleVersion",
    "State",
    "StepUpRequired",
    "TokenStore",
    "Tokens",
    "Unavailable",
    "Unchanged",
    "UnreadableAnswer",
    "WebhookMessage",
    "WebhookRefused",
    "WrongSignIn",
    "models",
    "new_id",
    "now",
    "operations",
    "read_webhook",
]
