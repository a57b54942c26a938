"""The Python client verifies the webhooks that this API sends, and no others."""

import base64
import hashlib
import hmac
from uuid import UUID

import pytest

from integration_api.settings import Settings
from integration_journal import WebhookRefused, read_webhook
from integration_journal.webhooks import TOLERANCE_SECONDS
from tests.factories.messages import SentMessage, sent_message


@pytest.fixture
async def sent(own: Settings) -> SentMessage:
    return await sent_message(own)


async def test_a_message_of_the_api_is_read_with_either_secret_of_a_rotation(sent: SentMessage) -> None:
    for secret in (sent.old, sent.new, ["whsec_b3RoZXI=", sent.new]):
        message = read_webhook(secret, sent.got.headers, sent.got.body, now=sent.now)
        assert (message.type, message.kind, message.change) == ("session.changed", "session", "changed")
        assert (message.thing, message.patient_id) == (UUID(sent.session_id), UUID(sent.chart_id))
        assert message.id == sent.got.headers["webhook-id"]
        assert message.at.tzinfo is not None
    titled = {name.title(): value for name, value in sent.got.headers.items()}
    assert read_webhook(sent.new, titled, sent.got.body, now=sent.now).thing == UUID(sent.session_id)


async def test_what_was_changed_on_its_way_is_refused(sent: SentMessage) -> None:
    headers, body = sent.got.headers, sent.got.body
    signature = headers["webhook-signature"]
    tampered: list[tuple[dict[str, str], bytes]] = [
        (headers, body.replace(b"changed", b"gone", 1)),
        (headers, body + b" "),
        ({**headers, "webhook-id": "another"}, body),
        ({**headers, "webhook-timestamp": str(int(sent.now) + 1)}, body),
        *(({name: value for name, value in headers.items() if name != missing}, body) for missing in _SIGNED),
        *(({**headers, "webhook-timestamp": stamp}, body) for stamp in ("", "soon", "1e9", "-1", "9" * 400, "²")),
        *(({**headers, "webhook-signature": given}, body) for given in _broken(signature)),
    ]
    for changed, text in tampered:
        with pytest.raises(WebhookRefused):
            read_webhook(sent.new, changed, text, now=sent.now)
    with pytest.raises(WebhookRefused):
        read_webhook("whsec_b3RoZXI=", headers, body, now=sent.now)


def _broken(signature: str) -> tuple[str, ...]:
    return "", "v1", "v1,", "v1,%%%", "v1,AAAA", ",", "v2" + signature[2:], signature.lower(), signature[:20]


_SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")


async def test_one_good_signature_among_others_is_enough(sent: SentMessage) -> None:
    mixed = f"v1a,AAAA v1,%%% {sent.got.headers['webhook-signature']} v1,AAAA"
    headers = {**sent.got.headers, "webhook-signature": mixed}
    assert read_webhook(sent.new, headers, sent.got.body, now=sent.now).thing == UUID(sent.session_id)


async def test_an_old_message_and_one_of_the_future_are_refused(sent: SentMessage) -> None:
    for late in (-TOLERANCE_SECONDS, TOLERANCE_SECONDS):
        assert read_webhook(sent.new, sent.got.headers, sent.got.body, now=sent.now + late)
        with pytest.raises(WebhookRefused, match="five minutes"):
            read_webhook(sent.new, sent.got.headers, sent.got.body, now=sent.now + late + (1 if late > 0 else -1))
    with pytest.raises(WebhookRefused, match="five minutes"):
        read_webhook(sent.new, {**sent.got.headers, "webhook-timestamp": "1000000000"}, sent.got.body)


@pytest.mark.parametrize("body", [b"{}", b"[]", b"null", b'{"type": "x"', b"\xff"])
def test_what_is_signed_and_of_another_shape_is_refused(body: bytes) -> None:
    secret = "whsec_" + base64.b64encode(b"a key of the test").decode()
    signature = base64.b64encode(hmac.digest(b"a key of the test", b"1.100." + body, hashlib.sha256)).decode()
    headers = {"webhook-id": "1", "webhook-timestamp": "100", "webhook-signature": f"v1,{signature}"}
    with pytest.raises(WebhookRefused, match="update the client"):
        read_webhook(secret, headers, body, now=100)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_a"])
def test_a_secret_that_is_none_is_the_programs_fault(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        read_webhook(secret, {"webhook-id": "1", "webhook-timestamp": "100"}, b"{}", now=100)
