"""Passkeys of apps: an app names itself, and only those that the operator named are heard."""

import base64
import hashlib
from collections.abc import AsyncIterator

import pytest

from integration_api.settings import Settings
from tests.applications import application
from tests.factories.factors import Authenticator, password_person, with_token
from tests.support import Api, Json, Person, World

CERTIFICATE = b"the certificate that signs the app"


def android_origin(certificate: bytes) -> str:
    """As Android makes it: SHA-256 in base64url, without padding."""
    digest = hashlib.sha256(certificate).digest()
    return "android:apk-key-hash:" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


APPS = {"android": android_origin(CERTIFICATE), "ios": "https://localhost"}
"""The test's domain is `localhost`; an iOS app's origin is that of the domain itself."""
STRANGERS = [
    android_origin(b"another certificate"),
    APPS["android"] + "=",
    APPS["android"].replace("apk-key-hash", "apk-key-hash-sha256"),
    APPS["android"].lower(),
    "https://localhost/",
    "https://app.localhost",
    "ios:bundle-id:org.example.journal",
]


@pytest.fixture
async def opened(settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Api]:
    """The product, with an app for each kind of phone; its setting is read as an operator writes it."""
    monkeypatch.setenv("INTEGRATION_API_PASSKEY_ORIGINS", f"http://localhost:8000, {APPS['android']},{APPS['ios']}")
    origins = Settings().passkey_origins
    async with application(settings.model_copy(update={"passkey_origins": origins}), world.api.clock) as api:
        yield api


async def registered(api: Api, person: Person, key: Authenticator, origin: str) -> tuple[int, Json]:
    """Return the response to an app that registers its passkey."""
    here = with_token(api, person.token)
    options = (await here.post("/me/factors/passkeys/options", expect=200))["public_key"]
    body = {"credential": key.create(options, origin=origin), "label": "Phone"}
    answer = await here.send("POST", "/me/factors/passkeys", body)
    return answer.status_code, answer.json()


@pytest.mark.parametrize("phone", APPS)
async def test_an_app_that_is_named_registers_and_signs_in(opened: Api, world: World, phone: str) -> None:
    _, person = await password_person(world)
    key = Authenticator()
    status, _ = await registered(opened, person, key, APPS[phone])
    assert status == 201
    pair = await key.signs_in(opened, origin=APPS[phone])
    assert pair["account_id"] == person.id
    other = APPS["ios" if phone == "android" else "android"]
    assert (await key.signs_in(opened, origin=other))[
        "account_id"
    ] == person.id  # one account, another of its front ends


@pytest.mark.thorough
async def test_no_other_app_is_heard(opened: Api, world: World) -> None:
    _, person = await password_person(world)
    key = Authenticator()
    for origin in STRANGERS:
        status, problem = await registered(opened, person, Authenticator(), origin)
        assert (status, problem["code"]) == (403, "wrong-proof"), origin
    assert (await registered(opened, person, key, APPS["android"]))[0] == 201
    for origin in STRANGERS:
        assert (await key.signs_in(opened, expect=401, origin=origin))["code"] == "wrong-sign-in", origin


@pytest.mark.parametrize(
    "origins",
    [
        "",
        "https://app.example.org/",
        "http://app.example.org",
        "https://app.example.org, android:apk-key-hash:short",
        "android:apk-key-hash:" + "A" * 43 + "=",
        "android:apk-key-hash:" + "a4:" * 32,
        "*",
    ],
)
def test_what_no_front_end_sends_is_refused_at_start(monkeypatch: pytest.MonkeyPatch, origins: str) -> None:
    monkeypatch.setenv("INTEGRATION_API_PASSKEY_ORIGINS", origins)
    with pytest.raises(ValueError, match="name each front end as it names itself"):
        Settings()
