"""The lines of research exports: nothing in them gives back the true dates, and what is not over is in none."""

import threading
from collections.abc import Sequence
from datetime import datetime

import pytest
from pydantic import BaseModel

from integration_api.access.actor import Role
from integration_api.resources.oversight.research_exports.pseudonyms import Disguise
from integration_api.resources.oversight.research_exports.records import Record
from integration_api.resources.oversight.research_exports.research_kinds import ResearchKind
from tests.factories import arcs, exports, research
from tests.factories.adverse_events import adverse_event
from tests.factories.arcs import STEP
from tests.factories.doses import dosed_session
from tests.factories.exports import things
from tests.factories.measure_responses import answered
from tests.factories.sessions import move, session
from tests.resources.oversight.test_research_exports import Cohort
from tests.support import World, enter_again

OF_SESSIONS = ("sessions", "doses", "adverse_events", "arc_windows")


@pytest.fixture
async def cohort(world: World) -> Cohort:
    therapist, document = await world.therapist(), await research.document_of(world)
    charts = await research.consented(world, therapist, document)
    return Cohort(world, await research.officer_of(world), therapist, document, charts)


async def later(cohort: Cohort, **by: float) -> None:
    """Let the clock go on; the therapist and the officer are there again."""
    await arcs.let_pass(cohort.world.api, cohort.therapist, cohort.officer, **by)
    exports.prove(cohort.officer)


async def test_windows_are_told_by_their_steps_and_states_and_no_time_but_the_dose(cohort: Cohort) -> None:
    """Months and clocks of the true calendar would show through; a window that nobody answered was missed."""
    await arcs.dosed(cohort.therapist, cohort.charts[0])
    study = await research.study_of(cohort.officer)
    archive = await research.opened(cohort.officer, study)
    assert things(archive, "arc_windows") == [], "all are open"
    given = things(archive, "doses")[0]["given_at"]
    await later(cohort, days=4)
    told = things(await research.opened(cohort.officer, study), "arc_windows")
    assert [(one["step"], one["state"], one["dose_at"]) for one in told] == [
        ("t24", "missed", given),
        ("t72", "missed", given),
    ]
    assert {*told[0]} == {"patient", "session", "kind", "step", "state", "dose_at"}


async def test_steps_of_a_clinic_s_own_protocol_have_no_name(cohort: Cohort) -> None:
    await arcs.protocol(cohort.world.admin, {**STEP, "id": "lake"}, {**STEP, "id": "t72"})
    await arcs.dosed(cohort.therapist, cohort.charts[0])
    await later(cohort, days=4)
    archive = await research.opened(cohort.officer, await research.study_of(cohort.officer))
    assert {one["step"] for one in things(archive, "arc_windows")} == {"t72", None}


async def test_what_is_not_over_is_not_told(cohort: Cohort) -> None:
    """Neither a session that is planned or in progress, nor what was recorded in it. When it was planned is never."""
    therapist, chart = cohort.therapist, cohort.charts[0]
    await session(therapist, chart)
    made = await dosed_session(therapist, chart)
    at = cohort.world.api.clock().isoformat()
    await adverse_event(therapist, chart, made, onset_at=at)
    await answered(therapist, chart, session_id=made["id"], completed_at=at)
    study = await research.study_of(cohort.officer)
    before = await research.opened(cohort.officer, study)
    assert {kind: things(before, kind) for kind in OF_SESSIONS} == {kind: [] for kind in OF_SESSIONS}
    assert {one["session"] for one in things(before, "scores")} == {None}
    await arcs.completed(therapist, made)
    await move(therapist, await session(therapist, cohort.charts[1]), "no-show")
    after = await research.opened(cohort.officer, study)
    told = things(after, "sessions")
    assert sorted((one["state"], one["started_at"] is None) for one in told) == [
        ("completed", False),
        ("no_show", True),
    ]
    assert not any("planned" in name for one in told for name in one)
    [of] = {one["session"] for kind in ("doses", "adverse_events") for one in things(after, kind)}
    assert {one["session"] for one in things(after, "scores")} == {None, of}


async def test_an_admin_who_is_privacy_officer_too_exports_nothing(cohort: Cohort) -> None:
    """One person would lower the floor, ask, and get the file."""
    both = await cohort.world.staff(Role.CLINIC_ADMIN, Role.PRIVACY_OFFICER)
    study = await research.study_of(cohort.officer)
    assert (await research.asked(both, study, expect=403))["code"] == "two-accounts-needed"
    made = await research.ready(cohort.officer, study)
    assert b"two-accounts-needed" in await research.downloaded(both, made, expect=403)
    await enter_again(cohort.officer)
    await research.downloaded(cohort.officer, made)


async def test_lines_are_made_beside_the_event_loop(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chart may have thousands of rows of a kind: requests of others are answered meanwhile."""
    threads: set[int] = set()
    make = ResearchKind.lines_of

    def then(kind: ResearchKind, rows: Sequence[BaseModel], disguise: Disguise, now: datetime) -> list[Record]:
        threads.add(threading.get_ident())
        return make(kind, rows, disguise, now)

    monkeypatch.setattr(ResearchKind, "lines_of", then)
    await research.ready(cohort.officer, await research.study_of(cohort.officer))
    assert threads
    assert threading.get_ident() not in threads
