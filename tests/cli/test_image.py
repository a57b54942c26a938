"""The recipe of the container image: what it copies, as whom it runs, and by which address it is looked after."""

import re

from tests.processes import ROOT

RECIPE = (ROOT / "Dockerfile").read_text("utf-8")
LAST_STAGE = RECIPE.split("\nFROM ")[-1]


def test_the_base_can_be_named_by_its_digest() -> None:
    assert re.findall(r"^FROM (\S+)", RECIPE, re.MULTILINE) == ["${BASE}", "${BASE}"]
    assert "ARG BASE=python:3.11-slim" in RECIPE


def test_nothing_is_copied_but_the_locks_the_sources_and_the_migrations() -> None:
    copied = re.findall(r"^COPY (.+)", RECIPE, re.MULTILINE)
    locks = "requirements.lock requirements-pdf.lock requirements-telemetry.lock"
    assert copied == [f"{locks} ./", "--from=build /venv /venv", "alembic /app/alembic", "src /app/src"]


def test_what_metrics_traces_and_pdfs_need_is_installed_if_it_is_asked_for() -> None:
    assert "\nARG LOCK=requirements.lock\n" in RECIPE
    assert 'for lock in ${LOCK}; do set -- "$@" -r "${lock}"; done' in RECIPE
    assert '--prefix /venv "$@"' in RECIPE
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {"!requirements.lock", "!requirements-pdf.lock", "!requirements-telemetry.lock"} <= set(ignored)


def test_the_image_has_no_pip_of_its_own_and_takes_packages_by_hash_alone() -> None:
    assert "venv --without-pip" in RECIPE
    assert "--require-hashes" in RECIPE
    assert "pip" not in re.sub(r"#.*", "", LAST_STAGE)


def test_it_runs_as_a_fixed_user_without_a_name_in_the_base() -> None:
    assert "USER 10001:10001" in LAST_STAGE
    assert "groupadd --system --gid 10001" in LAST_STAGE
    assert "STOPSIGNAL SIGTERM" in LAST_STAGE


def test_it_is_started_again_if_it_is_not_alive_and_not_while_the_database_is_away() -> None:
    assert "/health/live" in LAST_STAGE.split("HEALTHCHECK")[1].splitlines()[1]
