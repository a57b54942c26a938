"""Web Push: the vectors of RFC 8291, and what every message has of its own."""

from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from integration_api.resources.delivery.channels.rules import is_push_key, is_push_secret
from integration_api.resources.delivery.channels.web_push import Pusher, encrypted, point
from tests.factories.push import Browser, b64, raw_of

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
PLAIN = b"When I grow up, I want to be a watermelon"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
THEIRS = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
THEIR_POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3"
    "jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
"""Source: RFC 8291, 5 and appendix A."""


def key_of(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw_of(text), "big"), ec.SECP256R1())


def test_the_example_of_the_standard() -> None:
    assert b64(point(key_of(THEIRS).public_key())) == THEIR_POINT
    made = encrypted(PLAIN, raw_of(THEIR_POINT), raw_of(AUTH), key_of(OURS), raw_of(SALT))
    assert b64(made) == BODY


def test_a_browser_opens_it_and_another_one_does_not() -> None:
    browser, other = Browser(key_of(THEIRS), raw_of(AUTH)), Browser()
    assert browser.opened(raw_of(BODY)) == PLAIN
    with pytest.raises(InvalidTag):
        other.opened(raw_of(BODY))


def test_no_two_messages_share_a_key_or_a_salt() -> None:
    pusher, browser = Pusher(bytes(range(32)), "mailto:ops@example.org"), Browser()
    bodies = [
        pusher.message("https://push.example.org/1", browser.public, browser.auth, PLAIN, NOW, is_urgent=True)[1]
        for _ in range(20)
    ]
    assert len({body[:16] for body in bodies}) == len({body[21:86] for body in bodies}) == 20
    assert {browser.opened(body) for body in bodies} == {PLAIN}


def test_every_process_has_the_same_key_and_another_secret_another_one() -> None:
    keys = [Pusher(seed, "mailto:ops@example.org").public_key for seed in (bytes(32), bytes(32), b"\xff" * 32)]
    assert keys[0] == keys[1] != keys[2]
    assert all(map(is_push_key, keys))


def test_a_key_that_is_no_point_is_refused() -> None:
    pusher = Pusher(bytes(32), "mailto:ops@example.org")
    with pytest.raises(ValueError, match="EC key"):
        pusher.message("https://push.example.org/1", b"\x04" + b"\x01" * 64, bytes(16), PLAIN, NOW, is_urgent=False)


@pytest.mark.parametrize("text", ["", "BA", b64(b"\x02" + bytes(32)), b64(b"\x04" + bytes(65)), "B" * 86 + "é"])
def test_what_is_no_key(text: str) -> None:
    assert not is_push_key(text)


def test_what_is_a_secret() -> None:
    assert [is_push_secret(b64(bytes(size))) for size in (15, 16, 17)] == [False, True, False]
