"""A simulated year in short, and what it sees if a protection is taken out. `make drills ARGS=year` runs it in full."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest

from integration_api.access.work import Work
from integration_api.resources.attention.flags import flag_clock, flag_endings, flag_holds
from integration_api.resources.attention.flags.escalation_rules import Proposed
from integration_api.resources.attention.flags.tables import FlagRow
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.service import notification
from integration_api.resources.delivery.channels import courier_statements, outcomes
from integration_api.resources.measures.check_ins import service as check_ins
from integration_api.settings import Settings
from tests.applications import settings_of
from tests.databases import migrated_sqlite
from tests.drills.year import simulate

pytestmark = pytest.mark.thorough
PATIENTS, FEW = 12, 8


async def test_a_year_keeps_its_promises(own: Settings) -> None:
    report = await simulate(own, PATIENTS)
    assert report.is_clean, str(report)
    assert report.kills > 0 < report.found.counts["escalations"], str(report)
    assert report.found.counts["windows across a change of the clock"] > 0, str(report)
    assert report.found.counts["phones told"] > 0 < report.counts["doses moved"], str(report)
    for happened in ("charts held at the end", "sessions with both missed", "reviews escalated", "windows asked again"):
        assert report.found.counts[happened] > 0, f"{happened}: {report}"


# ── negative controls: a protection is taken out, and the year sees it ──


async def _nothing(work: Work, clinic_id: UUID) -> Sequence[FlagRow]:
    return []


def _tell_again(work: Work, clinic_id: UUID, account_id: UUID, kind: NotificationKind, subject_id: UUID) -> None:
    row = notification(work, clinic_id, account_id, kind, subject_id)
    work.change(courier_statements.INSERT_ONCE, row, rows=None)


def _never(row: Proposed, now: datetime) -> datetime:
    return now.replace(year=9000)


def _ignore(*_: object) -> None:
    pass


@pytest.mark.parametrize(
    ("module", "name", "instead", "seen"),
    [
        (flag_clock, "_overdue", _nothing, " late at "),
        (outcomes, "tell_once", _tell_again, "a window told"),
        (outcomes, "CLAIM", timedelta(days=400), "was never sent"),
        (check_ins, "answer_window", _ignore, "an answered window is open"),
        (flag_holds, "_end", _ignore, "a hold without an end"),
        (flag_endings, "review_due", _never, " late at "),
    ],
    ids=[
        "nobody looks at overdue flags",
        "told anew",
        "a claim for ever",
        "answers settle nothing",
        "holds for ever",
        "reviews wait for ever",
    ],
)
async def test_a_year_sees_what_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, instead: object, seen: str
) -> None:
    monkeypatch.setattr(module, name, instead)
    settings = settings_of(tmp_path)
    migrated_sqlite(settings.sqlite_path)
    report = await simulate(settings, FEW)
    assert any(seen in broken for broken in report.found.broken), str(report)
