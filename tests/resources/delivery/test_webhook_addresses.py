"""A message goes to no private address, in any spelling, and only to the address that was checked."""

import asyncio
import ssl
from pathlib import Path

import pytest

from integration_api.core.addresses import is_allowed_url, is_public
from integration_api.resources.delivery.webhooks.sender import MAX_ANSWER_BYTES, Sender, Sent
from integration_api.resources.delivery.webhooks.tables import DeliveryError
from tests.drills.slow import certificate
from tests.factories.receivers import Receiver, program, receiving, status
from tests.support import World

PRIVATE = (
    "0.0.0.0",  # noqa: S104  nothing listens there
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "192.88.99.1",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2001:4860:4860::8888%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
)
REFUSED = (
    "http://hooks.example.org/",
    "ftp://hooks.example.org/",
    "https://",
    "https:///path",
    "https://localhost/",
    "https://intranet/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://8.8.8.8/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[2001:4860:4860::8888]/",
    "https://user@hooks.example.org/",
    "https://user:word@hooks.example.org/",
    "https://hooks.example.org\\@127.0.0.1/",
    "https://hooks.example.org/#part",
    "https://hooks.example.org:0/",
    "https://hooks.example.org:99999/",
    "https://hooks.example.org/a b",
    "https://hooks.example.org/\r\nHost: other",
    "https://hooks.example.org./",
    "https://höoks.example.org/",
    "https://hooks_.example.org/",
    "https://-hooks.example.org/",
    "//hooks.example.org/",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2001:4860:4860::8888", "2a00:1450:4001:800::200e"])
def test_an_address_of_the_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", REFUSED)
async def test_an_address_that_no_webhook_may_have(world: World, url: str) -> None:
    assert not is_allowed_url(url, ())
    account = await program(world, ["session"])
    body = {"account_id": account["id"], "url": url, "kinds": ["session"]}
    answer = await world.admin.send("POST", "/webhooks", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "body.url"
    assert "hooks" not in answer.text.replace("webhooks", "")


@pytest.mark.parametrize("url", ["https://hooks.example.org/", "https://a.b-c.example:8443/x?y=%20"])
def test_an_address_that_a_webhook_may_have(url: str) -> None:
    assert is_allowed_url(url, ())


class Names:
    """The addresses of names, one answer after the other."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), list[str]()

    async def __call__(self, host: str, _port: int) -> list[str]:
        self.asked.append(host)
        return self.answers.pop(0)


@pytest.mark.parametrize("address", PRIVATE[:-1])
async def test_a_name_that_leads_to_a_private_address(address: str) -> None:
    sent = await Sender((), Names(["8.8.8.8", address])).send("https://hooks.example.org/", {}, b"{}")
    assert sent == Sent(None, DeliveryError.ADDRESS_REFUSED)


async def test_a_name_is_looked_at_once_and_that_address_is_used() -> None:
    """A second look would lead to a place that nobody has checked: DNS rebinding."""
    async with receiving() as receiver:
        names = Names(["127.0.0.1"], ["10.0.0.1"])
        sender = Sender([f"hooks.example.org:{receiver.port}"], names)
        sent = await sender.send(f"http://hooks.example.org:{receiver.port}/here", {}, b"{}")
        assert sent == Sent(204, None)
        assert names.asked == ["hooks.example.org"]
        assert receiver.got[0].headers["host"] == f"hooks.example.org:{receiver.port}"


async def test_tls_is_verified_for_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate is for localhost; both names lead to the same receiver."""
    pem = certificate(tmp_path)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(pem)
    async with receiving(tls) as receiver:
        hosts = [receiver.host, f"hooks.example.org:{receiver.port}"]
        urls = [f"https://{host}/" for host in hosts]
        refused = Sent(None, DeliveryError.UNREACHABLE)
        assert await Sender(hosts, Names(["127.0.0.1"])).send(urls[0], {}, b"{}") == refused
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        sender = Sender(hosts, Names(["127.0.0.1"], ["127.0.0.1"]))
        assert [await sender.send(url, {}, b"{}") for url in urls] == [Sent(204, None), refused]
        assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Sent(200, None)),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", Sent(200, None)),
        (b"HTTP/1.0 200 OK\r\n\r\nok", Sent(200, None)),
        (b"HTTP/1.1 199 Odd\r\n\r\n", Sent(None, DeliveryError.UNREACHABLE)),
        (b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * MAX_ANSWER_BYTES, Sent(None, DeliveryError.UNREACHABLE)),
        (b"no HTTP at all\r\n\r\n", Sent(None, DeliveryError.UNREACHABLE)),
        (b"", Sent(None, DeliveryError.UNREACHABLE)),
    ],
    ids=["hints", "chunked", "old", "no-answer", "long-head", "no-http", "nothing"],
)
async def test_answers_of_all_kinds(answer: bytes, found: Sent) -> None:
    async with receiving() as receiver:
        receiver.answers = [answer]
        assert await Sender([receiver.host]).send(receiver.url, {}, b"{}") == found


async def test_a_host_is_for_tests_only_if_its_port_is_named() -> None:
    async with receiving() as receiver:
        sent = await Sender(["localhost:1"]).send(receiver.url, {}, b"{}")
        assert sent == Sent(None, DeliveryError.ADDRESS_REFUSED)
        assert receiver.got == []


async def test_a_redirect_is_not_followed() -> None:
    async with receiving() as receiver, receiving() as inner:
        receiver.answers = [status(307, f"Location: {inner.url}")]
        assert await Sender([receiver.host, inner.host]).send(receiver.url, {}, b"{}") == Sent(
            307, DeliveryError.STATUS
        )
        assert inner.got == []


async def test_of_an_answer_little_is_read() -> None:
    """It never ends; whoever reads all of it waits for ever."""
    stopped = asyncio.Event()

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (2 * MAX_ANSWER_BYTES))
        await writer.drain()
        await reader.read()
        stopped.set()
        writer.close()

    server = await asyncio.start_server(endless, "127.0.0.1", 0)
    async with server:
        host = f"localhost:{server.sockets[0].getsockname()[1]}"
        assert await Sender([host]).send(f"http://{host}/", {}, b"{}") == Sent(200, None)
        await stopped.wait()


async def test_a_receiver_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integration_api.resources.delivery.webhooks.sender.SECONDS", 0.05)
    async with receiving() as receiver:
        receiver.held.clear()
        sent = await Sender([receiver.host]).send(receiver.url, {}, b"{}")
        assert sent == Sent(None, DeliveryError.TIMED_OUT)
        receiver.held.set()


async def test_nobody_listens() -> None:
    gone = Receiver(port=1)
    assert await Sender([gone.host]).send(gone.url, {}, b"{}") == Sent(None, DeliveryError.UNREACHABLE)
