"""Rate limits hold across processes: workers that share one PostgreSQL database count together."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from integration_api.access.limits.attempts import ACCOUNT_FROM_SOURCE
from integration_api.access.limits.opened import STEP
from integration_api.access.totp import code_at
from tests.databases import migrated_postgres
from tests.server.test_workers import client_of
from tests.serving import Server, command, environment
from tests.test_process import INIT, PASSWORD
from tests.waiting import STUCK_SECONDS, until

WORKERS = 3


@pytest.fixture(scope="module")
def server(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server with three workers and one clinic."""
    url = asyncio.run(migrated_postgres(postgres_url))
    proxies = {"INTEGRATION_API_TRUSTED_PROXIES": "127.0.0.0/8"}
    folder: Path = tmp_path_factory.mktemp("data")
    env = environment(folder, url, **proxies)
    assert command(*INIT, env=env, text=PASSWORD + "\n").returncode == 0
    server = Server(env, ("serve", "--workers", str(WORKERS)))
    server.start()
    try:
        until(lambda: len(server.workers()) == WORKERS, "every worker")
        yield server
    finally:
        server.stop()


def allowed_since(started: float) -> range:
    """Return the possible numbers of allowed guesses since `started`: the burst, and one more for each interval."""
    limit = ACCOUNT_FROM_SOURCE
    return range(limit.burst, limit.burst + int((time.monotonic() - started) / limit.every.total_seconds()) + 1)


def test_wrong_passwords_are_counted_by_all_workers_together(server: Server) -> None:
    clients = [client_of(server, worker) for worker in server.workers()]
    email, found = f"{uuid4().hex}@example.org", Counter[int]()

    def guess(client: httpx.Client) -> None:
        for _ in range(6):
            answer = client.post(
                "/auth/tokens", json={"email": email, "password": "wrong-wrong-wrong"}, timeout=STUCK_SECONDS
            )
            found[answer.status_code] += 1

    started = time.monotonic()
    threads = [threading.Thread(target=guess, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for client in clients:
        with closing(client):
            last = client.post("/auth/tokens", json={"email": email, "password": "wrong-wrong-wrong"})
            assert (last.status_code, int(last.headers["retry-after"]) > 1) == (429, True)
    assert found[401] in allowed_since(started)
    assert found[429] == 6 * WORKERS - found[401]


def test_reading_many_charts_is_limited_across_workers(server: Server) -> None:
    clients = [client_of(server, worker) for worker in server.workers()]
    body = {"email": "ada@example.org", "password": PASSWORD}
    first = clients[0]

    def bearer(pair: httpx.Response) -> dict[str, str]:
        return {"Authorization": f"Bearer {pair.json()['access_token']}"}

    def with_second_factor(pair: httpx.Response) -> dict[str, str]:
        """Add a TOTP factor and return the headers of the stronger sign-in."""
        headers = bearer(pair)
        begun = first.post("/me/factors/totp", json={}, headers=headers).json()
        code = {"totp_code": code_at(begun["secret"], datetime.now(UTC))}
        added = first.post(f"/me/factors/totp/{begun['id']}/confirm", json=code, headers=headers).json()
        return {"Authorization": f"Bearer {added['access']['access_token']}"}

    admin = with_second_factor(first.post("/auth/tokens", json=body))
    account = {"name": "Imani Vale", "email": "imani@example.org", "roles": ["therapist"]}
    made = first.post("/accounts", json=account, headers=admin).json()
    code = first.post("/invitations", json={"account_id": made["id"]}, headers=admin).json()["code"]
    assert first.post("/invitations/accept", json={"code": code, "password": PASSWORD}).status_code == 204
    therapist = with_second_factor(first.post("/auth/tokens", json={"email": account["email"], "password": PASSWORD}))
    charts = [first.post("/patients", json={"name": "R"}, headers=therapist).json()["id"] for _ in range(300)]
    found = Counter[int]()

    def read_charts(client: httpx.Client, some: list[str]) -> None:
        for chart in some:
            found[client.get(f"/patients/{chart}", headers=therapist).status_code] += 1

    threads = [threading.Thread(target=read_charts, args=(c, charts[at::WORKERS])) for at, c in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 60 <= found[200] <= 60 + WORKERS * STEP
    assert found == {200: found[200], 429: 300 - found[200]}
    officer = {**account, "email": "noor@example.org", "roles": ["privacy_officer"]}
    made = first.post("/accounts", json=officer, headers=admin).json()
    code = first.post("/invitations", json={"account_id": made["id"]}, headers=admin).json()["code"]
    first.post("/invitations/accept", json={"code": code, "password": PASSWORD})
    reading = with_second_factor(first.post("/auth/tokens", json={"email": officer["email"], "password": PASSWORD}))
    notices = first.get("/notices", headers=reading).json()["items"]
    told = [notice["event"] for notice in notices if notice["to_role"]]
    assert told == ["security.volume_exceeded"]
    for client in clients:
        client.close()


def test_each_client_behind_a_proxy_is_counted_by_itself(server: Server) -> None:
    body = {"email": f"{uuid4().hex}@example.org", "password": "wrong-wrong-wrong"}
    for last in range(2):
        headers = {"X-Forwarded-For": f"203.0.113.77, 198.51.100.{last}, 127.0.0.9"}
        started, wrong = time.monotonic(), 0
        with httpx.Client(base_url=server.url, headers=headers, timeout=STUCK_SECONDS) as client:
            while (answer := client.post("/v1/auth/tokens", json=body)).status_code == 401:
                wrong += 1
        assert answer.status_code == 429
        assert wrong in allowed_since(started)
