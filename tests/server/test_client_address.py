"""Whom a request is counted as."""

import pytest

from integration_api.server.client_address import UNKNOWN, networks, source_of
from integration_api.settings import Settings

PROXIES = networks(["10.0.0.0/8", "fd00::/8", "192.0.2.7"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.5", [], "203.0.113.5"),
        ("203.0.113.5", ["198.51.100.1"], "203.0.113.5"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1, 10.2.3.4"], "198.51.100.1"),
        ("10.0.0.1", ["1.2.3.4, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.2.3.4", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["10.9.9.9, 10.2.3.4"], "10.9.9.9"),
        ("10.0.0.1", ["1.2.3.4, nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["1.2.3.4, nonsense, 10.2.3.4"], "10.2.3.4"),
        ("10.0.0.1", ["1.2.3.4, , 10.2.3.4"], "10.2.3.4"),
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.0.0.1", ["[2001:db8:1:2::9]:4711"], "2001:db8:1::/56"),
        ("10.0.0.1", ["2001:db8:1:2::9"], "2001:db8:1::/56"),
        ("10.0.0.1", ["fe80::1%eth0"], "10.0.0.1"),
        ("10.0.0.1", ["0x7f.1"], "10.0.0.1"),
        ("10.0.0.1", ["256.1.1.1"], "10.0.0.1"),
        ("10.0.0.1", ["1.2.3.4 OR 1=1"], "10.0.0.1"),
        ("10.0.0.1", ["unknown"], "10.0.0.1"),
        ("10.0.0.1", ["9" * 5000], "10.0.0.1"),
        ("10.0.0.1", ["1.1.1.1," * 5000 + "198.51.100.1"], "198.51.100.1"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["::ffff:198.51.100.1"], "198.51.100.1"),
        ("fd00::1", ["2001:db8::1"], "2001:db8::/56"),
        ("2001:db8:1:2:3:4:5:6", ["1.2.3.4"], "2001:db8:1::/56"),
        ("192.0.2.7", ["1.2.3.4"], "1.2.3.4"),
        ("192.0.2.8", ["1.2.3.4"], "192.0.2.8"),
        (None, ["1.2.3.4"], UNKNOWN),
        ("/run/api.sock", ["1.2.3.4"], UNKNOWN),
    ],
)
def test_a_source_is_the_last_address_that_nobody_could_invent(peer: str, forwarded: list[str], expected: str) -> None:
    assert source_of(peer, forwarded, PROXIES) == expected


def test_without_a_proxy_the_header_is_never_read() -> None:
    assert source_of("10.0.0.1", ["198.51.100.1"], ()) == "10.0.0.1"


def test_the_setting_is_a_list_of_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEGRATION_API_TRUSTED_PROXIES", "10.0.0.0/8, ::1")
    assert Settings().trusted_proxies == ("10.0.0.0/8", "::1")
    monkeypatch.setenv("INTEGRATION_API_TRUSTED_PROXIES", "10.0.0.1/8")
    with pytest.raises(ValueError, match="trusted_proxies"):
        Settings()
