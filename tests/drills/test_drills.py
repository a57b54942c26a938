"""The drills in short. `make drills` runs them in full, with figures."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.drills.clinic import Clinic, clinic
from tests.drills.durability import rounds
from tests.drills.failover import fail_over
from tests.drills.listeners import STREAMS_OF_ONE_SIGN_IN, listen
from tests.drills.memory import grow
from tests.drills.pressure import flood, press
from tests.drills.recovery import Archive, go_back, stream_back
from tests.wheel import Cluster

PLACES = 16


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Iterator[tuple[Clinic, Cluster | None]]:
    """A clinic and its server, on a PostgreSQL that may be killed."""
    cluster = Cluster() if request.param == "postgresql" else None
    try:
        with clinic(cluster.url if cluster else None, INTEGRATION_API_MAX_IN_FLIGHT=str(PLACES)) as made:
            yield made, cluster
    finally:
        if cluster:
            cluster.remove()


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(place: tuple[Clinic, Cluster | None]) -> None:
    report = rounds(place[0], 1)
    assert report.is_clean, str(report)


def test_nothing_acknowledged_is_lost_when_the_database_is_killed(place: tuple[Clinic, Cluster | None]) -> None:
    on, cluster = place
    if cluster is None:
        return  # SQLite is in the server, which the test before kills
    report = rounds(on, 1, cluster)
    assert report.is_clean, str(report)


def test_under_too_much_load_it_serves_some_refuses_others_and_recovers(place: tuple[Clinic, Cluster | None]) -> None:
    report = press(place[0], (1.0, 4.0), 0.6)
    assert report.is_alive, str(report)


def test_what_comes_while_every_place_is_held_is_refused_and_the_others_end_well(
    place: tuple[Clinic, Cluster | None],
) -> None:
    place[0].server.start_unless_running()
    tally = asyncio.run(flood(place[0], 4 * PLACES))
    assert len(tally.shed) >= 3 * PLACES, str(tally)  # fewer places are left a while after an earlier flood
    assert len(tally.accepted) == 4 * PLACES - len(tally.shed) > 0, str(tally)
    assert tally.without_retry_after == 0


def test_requests_of_every_kind_leave_it_alive(place: tuple[Clinic, Cluster | None]) -> None:
    assert min(grow(place[0], 100, 300)) > 0


def test_listeners_are_told_that_the_server_stops(place: tuple[Clinic, Cluster | None]) -> None:
    report = listen(place[0], place[0].tokens)
    assert report.told_of_the_end == report.count == STREAMS_OF_ONE_SIGN_IN * len(place[0].tokens), str(report)


def test_nothing_acknowledged_is_lost_when_a_standby_that_was_cut_off_takes_over() -> None:
    cluster = Cluster("fsync=off")  # no power is cut
    try:
        with clinic(cluster.url) as on:
            report = fail_over(on, cluster)
            assert report.is_clean, str(report)
    finally:
        cluster.remove()


def test_a_postgresql_goes_back_to_a_moment_without_a_loss() -> None:
    archive = Archive()
    try:
        with clinic(archive.cluster.url) as on:
            report = go_back(on, archive, 20)
            assert report.is_clean, str(report)
    finally:
        archive.remove()


def test_a_replica_of_sqlite_has_what_was_acknowledged() -> None:
    with clinic(None) as on:
        report = stream_back(on, 20)
        assert report.is_clean, str(report)
