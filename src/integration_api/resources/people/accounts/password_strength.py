"""Password strength against somebody who tries what people choose: words, rows of keys, repetitions, names.

Nothing is looked up outside: the words below are our own choice of what lists of leaked passwords are full of.
Source: NIST SP 800-63B-4, 3.1.1.2 (a blocklist with context words; no rules of composition).
"""

import re
from collections.abc import Collection, Mapping

MINIMUM_CHOICES = 8
"""A password must hold at least as many parts that follow from nothing else in it or about it."""

_SHORTEST_WORD = 4
_SHORTEST_RUN = 3
_COMMON = frozenset(
    """
    abcd access account admin administrator alpha amazing andrea andrew angel anthony apple april asdf ashley august
    austin autumn baby babygirl bailey banana barcelona baseball basketball batman battery beautiful best beta blessed
    blink blue brandon buster butterfly cambiame change changeme charlie cheese chelsea chicken chocolate christ clinic
    coffee computer contrasena cookie correct correcthorsebatterystaple cowboy crystal daniel david december default
    demo dolphin donald dragon eagle easter elephant email england enter everyone example facebook family february
    flower football forever freedom friday friend friends george ginger google grace green guest hannah happy
    harley heaven hello hockey home horse hottie house hunter iloveyou internet jackson january jasmine jennifer
    jessica jesus jordan joshua journal july june justin ketamine killer king kitty letmein life linkedin little
    london lord love lovely lover lucky maggie manager march mario master matrix matthew medical michael michelle
    microsoft mickey minecraft monday monkey morning mother muffin mustang naruto nicole night ninja november nothing
    october office orange passphrase passwd passwort password patient peanut pepper phoenix please pokemon princess
    private purple qazwsx qwert qwerty rainbow ranger robert root sample samsung saturday school secret secure
    september shadow simple soccer sophie spring staple starwars summer sunday sunflower sunshine superman superuser
    sweet system taylor temp temporary test testing therapist therapy thomas thursday tigger tinkerbell trustno
    tuesday user valid victory warcraft wednesday welcome whatever william winter wizard yankees yellow zaqwsx
    """.split()  # noqa: SIM905  a list of its own for each word would be two hundred lines
)
_PRODUCT = ("integration", "integration-api", "integration journal")
_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "1234567890",
    "1q2w3e4r5t6z7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
)
_WALKS = tuple(row for way in _ROWS for row in (way, way[::-1]))
_STEPS = frozenset(row[at : at + _SHORTEST_WORD] for row in _WALKS for at in range(len(row) - _SHORTEST_WORD + 1))
_LOOKS_LIKE = str.maketrans("0134578@$!", "oleastbasi")


def is_guessable(password: str, context: Collection[str]) -> bool:
    """Return whether too little of a password is its own. `context` is names of person, address and clinic."""
    return choices(password, context) < MINIMUM_CHOICES


def choices(password: str, context: Collection[str] = ()) -> int:
    """Count the choices in this password, for somebody who knows common words and how keyboards are laid out.

    A word, a name, a row of keys or of letters, and what was there before each count as one; so does any other
    character.
    """
    plain = "".join(c.lower() if len(c.lower()) == 1 else c for c in password)
    meant = plain.translate(_LOOKS_LIKE)
    known = _by_start(_COMMON | {word for text in (*context, *_PRODUCT) for word in _words(text)})
    at = count = 0
    while at < len(plain):
        word = max(_known(plain, at, known), _known(meant, at, known))
        at += max(1, word, _walked(plain, at), _run(plain, at), _repeated(plain, at))
        count += 1
    return count


def _by_start(words: Collection[str]) -> dict[str, list[str]]:
    """Return the words by how they begin, so that each place of a password is compared with few of them."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:_SHORTEST_WORD], []).append(word)
    return found


def _words(text: str) -> set[str]:
    """Return the parts of a name or address that are long enough to mean something, and the whole without gaps."""
    parts = [part for part in re.split(r"[\W_]+", text.lower()) if part]
    return {word for word in (*parts, "".join(parts), text.lower()) if len(word) >= _SHORTEST_WORD}


def _known(plain: str, at: int, known: Mapping[str, Collection[str]]) -> int:
    words = known.get(plain[at : at + _SHORTEST_WORD], ())
    return max((len(word) for word in words if plain.startswith(word, at)), default=0)


def _walked(plain: str, at: int) -> int:
    """Return how many keys from `at` on stand beside each other, in either direction."""
    length = _SHORTEST_WORD
    if plain[at : at + length] not in _STEPS:
        return 0
    while at + length <= len(plain) and any(plain[at : at + length] in row for row in _WALKS):
        length += 1
    return length - 1


def _run(plain: str, at: int) -> int:
    """Return whether a text repeats one character, or runs through an alphabet up or down."""
    end = at + 1
    step = ord(plain[end]) - ord(plain[at]) if end < len(plain) else None
    if step not in (-1, 0, 1):
        return 0
    while end < len(plain) and ord(plain[end]) - ord(plain[end - 1]) == step:
        end += 1
    return end - at if end - at >= _SHORTEST_RUN else 0


def _repeated(plain: str, at: int) -> int:
    """Return the length of the longest part from here that was there before."""
    length = found = 0
    while at + length < len(plain):
        found = plain.find(plain[at : at + length + 1], found, at)  # what is longer begins there, or later
        if found < 0:
            break
        length += 1
    return length if length >= _SHORTEST_RUN else 0
