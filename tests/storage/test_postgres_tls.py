"""Where the way to the database needs a verified certificate."""

import ast
import ssl
from pathlib import Path

import pytest

import integration_api
from integration_api.storage.postgres_tls import tls_for
from integration_api.storage.postgres_url import arguments_of


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://journal@db.internal/journal",
        "postgresql://journal:secret@10.0.0.7:5432/journal",
        "postgresql://journal@[2001:db8::1]:5432/journal",
        "postgresql://journal@/journal?host=db.internal",
        "postgresql://journal@localhost,db.internal/journal",
        "postgresql://journal@127.0.0.1.evil.example/journal",
        "postgresql://db.internal/journal?application_name=x",
        "postgresql://journal@db.internal/journal?host=/run/postgresql",
        "postgresql://journal@localhost/journal?host=db.internal",
        "postgresql://journal@/journal?hostaddr=10.0.0.7",
        "postgresql:///journal?service=far",
        "postgresql://journal@localhost/journal?service=far",
    ],
)
def test_over_a_network_the_server_must_prove_its_name(url: str) -> None:
    found = tls_for(url)
    assert found is not None
    assert found.verify_mode is ssl.CERT_REQUIRED
    assert found.check_hostname


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://journal@localhost/journal",
        "postgresql://journal@127.0.0.1:5432/journal",
        "postgresql://journal@[::1]/journal",
        "postgresql:///journal",
        "postgresql://journal@/journal?host=/run/postgresql",
        "postgresql://journal@db.internal/journal?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "postgresql://journal@db.internal/journal?sslmode=require",
    ],
)
def test_on_this_machine_or_as_the_operator_says(url: str) -> None:
    assert tls_for(url) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("PGHOST", "db.internal"), ("PGHOST", "/run/postgresql,db"), ("PGHOSTADDR", "10.0.0.7"), ("PGSERVICE", "x")],
)
@pytest.mark.parametrize("url", ["postgresql:///journal", "postgresql://journal@/journal"])
def test_the_environment_may_name_a_server_far_away(
    monkeypatch: pytest.MonkeyPatch, url: str, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert tls_for(url) is not None
    assert tls_for("postgresql://journal@localhost/journal") is None  # what the URL says comes first
    assert tls_for(url + "?sslmode=require") is None


def test_the_environment_may_name_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "/run/postgresql")
    monkeypatch.setenv("PGHOSTADDR", "127.0.0.1")
    assert tls_for("postgresql:///journal") is None


@pytest.mark.thorough
def test_nobody_goes_another_way_to_the_database() -> None:
    """Every connection of the product is made in one place, which is told of TLS."""
    makers = {"asyncpg.connect", "asyncpg.create_pool", "create_async_engine"}
    found = set()
    for path in sorted(Path(integration_api.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (name := ast.unparse(node.func)) in makers:
                found.add((path.name, name, *(str(keyword.arg) for keyword in node.keywords if keyword.arg)))
    assert found == {
        ("postgres_url.py", "asyncpg.connect", "command_timeout", "statement_cache_size"),
        ("migrations.py", "create_async_engine", "async_creator", "poolclass"),
    }
    assert arguments_of("postgresql://db.internal/journal")["ssl"].check_hostname
    assert "ssl" not in arguments_of("postgresql://localhost/journal")
