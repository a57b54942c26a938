"""Where the way to the database needs a verified certificate."""

import ssl

import pytest

from integration_api.core.postgres_tls import tls_for


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
