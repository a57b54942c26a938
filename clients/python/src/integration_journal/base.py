"""The base of both clients: what is on this device, and how long to leave the queue alone."""

from integration_journal.codes import Code
from integration_journal.core import Core
from integration_journal.entries import Entry
from integration_journal.offline_queue import MAX_PAUSE_SECONDS, OfflineQueue
from integration_journal.problems import NotSignedIn
from integration_journal.requests import Json, Request
from integration_journal.retries import Retries
from integration_journal.sending import Carrier, OneByOne, Report
from integration_journal.tokens import Account, MemoryTokens, TokenStore

_MIN_PAUSE_SECONDS = 1.0
_OF_NOBODY: Json = {
    "code": Code.UNAUTHENTICATED,
    "title": "Not signed in",
    "detail": "Nobody has signed in on this device, or whoever did has signed out since, so that what is written would "
    "belong to nobody. Hold the text, let the person sign in, then keep it.",
}


class Base:
    """The base of both clients."""

    def __init__(
        self,
        url: str,
        store: TokenStore | None,
        queue: OfflineQueue | None,
        retries: Retries | None,
        carrier: Carrier | None,
    ) -> None:
        self._core = Core(url, store or MemoryTokens(), retries or Retries())
        self.queue = queue or OfflineQueue()
        """The writes that are kept on this device."""
        self._carrier: Carrier = carrier or OneByOne()

    @property
    def account(self) -> Account | None:
        """Whoever works on this device, also if they must sign in again; None before a sign-in and after a sign-out."""
        return self._core.account

    @property
    def is_signed_in(self) -> bool:
        """Whether there are tokens. The API may have ended the sign-in since."""
        return self._core.is_signed_in

    @property
    def owes_sign_out(self) -> bool:
        """Whether the API has not heard yet of a sign-out: `send_kept`, `sign_in` and `sign_out` tell it."""
        return bool(self._core.store.load().untold)

    @property
    def unsent(self) -> int:
        """The number of unsent writes of this account; show it at all times."""
        return self.queue.unsent(self.account)

    def _kept(self, request: Request[object]) -> Entry:
        if self.account is None:
            raise NotSignedIn(401, _OF_NOBODY)
        return self.queue.add(request, self.account)


def pause_after(report: Report) -> float:
    """Return the seconds until the next pass: by timer, so that no write waits for the next one to be written."""
    pause = MAX_PAUSE_SECONDS if report.seconds_to_next is None or report.needs_sign_in else report.seconds_to_next
    return min(max(pause, _MIN_PAUSE_SECONDS), MAX_PAUSE_SECONDS)
