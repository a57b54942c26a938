"""The wrapped data keys that a process remembers, to encrypt without asking for them each time."""

from collections.abc import Mapping
from time import monotonic
from uuid import UUID

Owner = tuple[UUID, UUID]
"""A clinic, and the owner of a key in it."""
KEY_SECONDS = 60.0
"""The longest time for which a key is remembered. Exchanging an owner's key waits for longer."""
_MAX_KEYS = 20_000


class RememberedKeys:
    """Wrapped keys by owner, as they were read: an unwrapped key takes twenty times the memory."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._keys: dict[Owner, bytes] = {}
        self.keep_for(KEY_SECONDS)

    def keep_for(self, seconds: float) -> None:
        """Remember each key for so long at most, from now on. Forgets all."""
        self._seconds, self._until = seconds, 0.0

    def get(self, owner: Owner) -> bytes | None:
        """Return the wrapped key of an owner, or None if it has to be read. All are forgotten at once."""
        if monotonic() >= self._until:
            self._keys.clear()
            self._until = monotonic() + self._seconds
        return self._keys.get(owner)

    def remember(self, keys: Mapping[Owner, bytes]) -> None:
        """Remember keys; forget all before that if they would be too many."""
        if len(self._keys) + len(keys) > _MAX_KEYS:
            self._keys.clear()
        self._keys.update(keys)

    def forget(self, owner: Owner) -> None:
        """Forget a key that was destroyed."""
        self._keys.pop(owner, None)
