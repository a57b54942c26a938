"""A file of exported heads is replaced only by heads that go on from those in it, on both databases."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from integration_api.app import sealer_of
from integration_api.ledger.heads import ErasedChart, Heads, HeadsBroken, naming_erased, read_heads, write_heads
from integration_api.operating.aftermath import export_all
from integration_api.operating.heads_file import kept_beside, why_kept
from integration_api.settings import Settings
from tests.applications import application
from tests.factories.retention import erase, keep_nothing
from tests.ledger.test_commands import run
from tests.operating.test_aftermath import cut_off
from tests.storage.hand import Hand
from tests.support import World, account_for


async def test_a_ledger_that_was_cut_off_does_not_replace_the_file(own: Settings, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    async with application(own) as api:
        world = await World.build(api)
        await account_for(world.admin)
        await sealer_of(api.runtime).seal_all(back=None)
        await world.admin.get("/clinic")
        await sealer_of(api.runtime).seal_all(back=None)
    for _ in range(2):
        code, said = await run(own, "ledger", "heads", "--out", str(file))
        assert code == 0, said
    before = file.read_text()
    await cut_off(own, world.clinic_id, 1)
    code, said = await run(own, "ledger", "heads", "--out", str(file))
    assert (code, "the ledger does not hold seal 2" in said, "KEPT" in said) == (3, True, True), said
    assert file.read_text() == before
    assert json.loads(kept_beside(file).read_text())["heads"][0]["number"] == 1
    async with application(own) as api:  # it grows past the seal that was exported
        world.admin.api = api
        for _ in range(2):
            await world.admin.get("/clinic")
            await sealer_of(api.runtime).seal_all(back=None)
        assert len(await why_kept(api.runtime.database, file)) == 1


async def test_what_is_no_file_of_heads_is_kept(own: Settings, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    file.write_text("{}")
    code, said = await run(own, "ledger", "heads", "--out", str(file))
    assert (code, "holds no exported heads" in said, file.read_text()) == (3, True, "{}"), said


async def test_an_erased_chart_that_is_there_again_keeps_the_file(own: Settings, tmp_path: Path) -> None:
    file = tmp_path / "heads.json"
    async with application(own) as api:
        world = await World.build(api)
        await keep_nothing(world)
        patient = await world.patient_of(await world.therapist())
        await account_for(world.admin, patient)
        gone = world.chart_id(patient)
        await erase(world.admin, gone)
        write_heads(await export_all(api.runtime.database, api.clock()), file)
        assert await why_kept(api.runtime.database, file) == []
    await Hand(own).run("UPDATE patients SET erased_at = NULL WHERE id = ?", UUID(gone))
    async with application(own) as api:
        [why] = await why_kept(api.runtime.database, file)
    assert f"chart {gone} was erased, and is there again" in why


async def test_the_time_of_an_export_cannot_swallow_an_erased_chart(own: Settings) -> None:
    """Both would have the same hash, if words were only joined by lines."""
    async with application(own) as api:
        signer = sealer_of(api.runtime).signer
    charts = [ErasedChart(UUID(int=1), UUID(int=number), "2026-11-30T10:00:00+00:00") for number in (2, 3)]
    signed = naming_erased(Heads(signer.public_key, "2026-12-01T10:00:00+00:00", {}), charts, signer)
    assert read_heads(write_heads(signed, None)).erased == tuple(charts)
    first = " ".join((str(charts[0].clinic_id), str(charts[0].patient_id), charts[0].erased_at))
    forged = replace(signed, exported_at=f"{signed.exported_at}\n{first}", erased=tuple(charts[1:]))
    with pytest.raises(HeadsBroken, match="erased charts"):
        read_heads(write_heads(forged, None))
