"""What a password is worth to somebody who guesses is worked out beside others' requests: it must not take long."""

import sys
from collections import Counter
from types import FrameType

import pytest

from integration_api.resources.people.accounts.password_strength import choices
from integration_api.resources.people.sign_in.rules import MAX_PASSWORD_CHARACTERS

ABOUT = ("Willow House", "willow-house", "Imani Vale", f"{'imani.' * 10}vale@{'example.' * 20}org")
"""With a long address: what is looked for may be as long."""


@pytest.mark.parametrize(
    "password",
    [
        "".join(chr(0x4E00 + at * 7919 % 20000) for at in range(MAX_PASSWORD_CHARACTERS)),
        "".join("bdfghjkmnpqvwxz057"[at * at % 17] for at in range(MAX_PASSWORD_CHARACTERS)),
        "".join("ac" * (at % 23) + "g" for at in range(MAX_PASSWORD_CHARACTERS))[:MAX_PASSWORD_CHARACTERS],
        "qwe" * 341,
    ],
    ids=["wide", "plain", "repeated", "walked"],
)
def test_the_longest_password_is_looked_through_once(password: str) -> None:
    """Counted in calls instead of seconds: a few for each character, however many there are."""
    calls: Counter[str] = Counter()

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        calls[event] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        choices(password, ABOUT)
    finally:
        sys.setprofile(before)
    assert 0 < calls["c_call"] < 40 * MAX_PASSWORD_CHARACTERS
