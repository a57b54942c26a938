"""The ways of docs/moving-charts.md: a therapist who leaves a clinic, and a clinic that closes."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from integration_api.access.actor import Role
from integration_api.app import sealer_of
from integration_api.cli.ledger import ledger_cli
from integration_api.ledger.heads import export_heads, write_heads
from integration_api.operating.chart_packages import verify_package
from integration_api.resources.oversight.exports.package_manifests import PackageRefused
from tests.factories import psychotherapy
from tests.factories.notes import join, signed_note
from tests.factories.packages import MASTER_KEYS, Deployment
from tests.factories.reflections import submitted
from tests.support import SettableClock, World

pytestmark = pytest.mark.thorough


async def test_a_therapist_who_leaves_takes_the_charts_of_who_asked(tmp_path: Path) -> None:
    clock = SettableClock()
    old = Deployment.at(tmp_path / "old", None, MASTER_KEYS[0], clock)
    new = Deployment.at(tmp_path / "new", None, MASTER_KEYS[1], clock)
    async with old.serve() as api:
        world = await World.build(api)
        leaving, staying = await world.therapist(), await world.patient_of(await world.therapist())
        asked, silent = await world.patient_of(leaving), await world.patient_of(leaving)
        chart, other = world.chart_id(asked), world.chart_id(silent)
        successor = await join(world, leaving, chart, Role.THERAPIST)
        note = await signed_note(leaving, chart)
        await psychotherapy.write(leaving, chart, "For me alone.")
        version = (await world.admin.get(f"/accounts/{leaving.id}"))["version"]
        facts = {"successor_id": successor.id, "state": "disabled"}
        await world.admin.patch(f"/accounts/{leaving.id}", facts, version)
        sent = await old.send(chart, new, tmp_path / "chart.age")
        assert (await successor.get(f"/notes/{note['id']}"))["state"] == "signed"  # the clinic keeps its record
        assert world.chart_id(staying)
    assert b"For me alone." not in b"".join(new.opened(tmp_path / "chart.age").values())
    async with new.serve() as api:
        world = await World.build(api)
        await new.take(tmp_path / "chart.age", sent.public_key)
        therapist = await world.therapist()  # the same person, with an account of the new clinic
        await world.admin.post(f"/patients/{chart}/care-team", {"account_id": therapist.id, "role": "therapist"})
        found = await therapist.get(f"/notes/{note['id']}")
        assert found["signature"]["account_id"] == leaving.id
        assert found["author_id"] != therapist.id
        await world.admin.get(f"/patients/{other}", expect=404)


async def test_a_clinic_closes_and_each_chart_is_proven_afterwards(tmp_path: Path) -> None:
    clock = SettableClock()
    closing = Deployment.at(tmp_path / "closing", None, MASTER_KEYS[0], clock)
    custodian = Deployment.at(tmp_path / "custodian", None, MASTER_KEYS[1], clock)
    charts = {}
    async with closing.serve() as api:
        world = await World.build(api)
        therapist = await world.therapist()
        for _ in range(2):
            patient = await world.patient_of(therapist)
            charts[world.chart_id(patient)] = (await signed_note(therapist, world.chart_id(patient)))["id"]
            await submitted(patient, share=True)
        await sealer_of(api.runtime).seal_all(back=None)
        key = sealer_of(api.runtime).signer.public_key
        heads = tmp_path / "heads.json"
        write_heads(await export_heads(api.runtime.database, key, api.clock()), heads)
    sent = {chart: await closing.send(chart, custodian, tmp_path / f"{chart}.age") for chart in charts}
    shutil.rmtree(tmp_path / "closing")
    async with custodian.serve() as api:
        world = await World.build(api)
        for chart, note in charts.items():
            report = await custodian.take(tmp_path / f"{chart}.age", sent[chart].public_key)
            assert report["new"] + report["same"] == sent[chart].rows
            therapist = await world.therapist()
            await world.admin.post(f"/patients/{chart}/care-team", {"account_id": therapist.id, "role": "therapist"})
            proof = tmp_path / "proof.json"
            proof.write_text(json.dumps(await therapist.get(f"/notes/{note}/proof")))
            checked = CliRunner().invoke(ledger_cli, ["check-proof", str(proof), "--head", str(heads)])
            assert checked.exit_code == 0, checked.output
    with pytest.raises(PackageRefused):
        verify_package(tmp_path / f"{chart}.age", custodian.identity, "00" * 32)
