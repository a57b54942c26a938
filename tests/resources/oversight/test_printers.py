"""The process that makes a PDF is bounded. Whatever happens in it, the export is made, and says why it has none.

A module with the name of Typst takes its place here, and does what must not harm anybody.
"""

import json
import os
import sys
from pathlib import Path

import pytest

from integration_api.resources.oversight.exports.printers import NotPrinted, Printer
from integration_api.resources.oversight.exports.spools import Spool
from tests.factories import exports, reflections
from tests.resources.oversight.test_export_contents import page_of
from tests.support import World

PAGE = b"<!doctype html><html><head><title>A chart</title></head><body><h1>Chart</h1></body></html>"
PATIENT = Printer(seconds=250)
"""Bounds that a busy machine does not meet."""
QUICK = Printer(seconds=1)
STAND_IN = """
import os, sys, time

class TypstError(Exception):
    def __init__(self, diagnostic):
        self.diagnostic = diagnostic

class Fonts:
    def families(self):
        return ["Libertinus Serif"]

def compile(source, **_):
    {}
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the module, which comes before all others."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def doing(folder: Path, body: str) -> None:
    (folder / "typst.py").write_text(STAND_IN.format(body))


@pytest.mark.parametrize(
    ("body", "printer", "kind"),
    [
        ("kept = bytearray(4 << 30)", PATIENT, "pdf_bounds"),
        ("kept = [bytearray(1 << 20) for _ in range(4096)]", PATIENT, "pdf_bounds"),
        ("while True: pass", QUICK, "pdf_bounds"),
        ("time.sleep(3600)", QUICK, "pdf_bounds"),
        ("os.abort()", PATIENT, "pdf_bounds"),
        ("return b'%PDF-' + bytes(1 << 20)", Printer(seconds=250, pdf_bytes=1000), "pdf_bounds"),
        ("os._exit(9)", PATIENT, "pdf"),
        ("raise TypstError('a fault of the program')", PATIENT, "pdf"),
        ("raise ValueError", PATIENT, "pdf"),
        ("return b'no document'", PATIENT, "pdf"),
        ('raise TypstError(\'the text `"\\u5b57"` could not be displayed with font `"X"`\')', PATIENT, "pdf_letters"),
    ],
)
async def test_what_goes_wrong_is_named(stand_in: Path, body: str, printer: Printer, kind: str) -> None:
    doing(stand_in, body)
    with pytest.raises(NotPrinted) as refused:
        await printer.print(PAGE)
    assert refused.value.kind.value == kind


async def test_a_program_that_is_not_there_is_no_error_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(NotPrinted) as refused:
        await PATIENT.print(PAGE)
    assert refused.value.kind.value == "pdf"


async def test_it_is_told_no_setting_and_no_key(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEGRATION_API_MASTER_KEY", "secret")
    doing(stand_in, "return b'%PDF-' + repr(sorted(os.environ)).encode()")
    told = (await PATIENT.print(PAGE)).removeprefix(b"%PDF-").decode()
    assert "PYTHONPATH" in told
    assert not {name for name in os.environ if name.startswith("INTEGRATION_API")} & set(told.split("'"))


async def test_it_writes_no_file(stand_in: Path, tmp_path: Path) -> None:
    target = tmp_path / "left"
    doing(stand_in, f"open({str(target)!r}, 'w').write('a word of the chart')")
    with pytest.raises(NotPrinted):
        await PATIENT.print(PAGE)
    assert target.read_text() == ""


async def test_a_sign_without_a_glyph_is_named_at_the_second_try(stand_in: Path) -> None:
    missing = "raise TypstError('the text `\"\\\\\\\\u{1f30a}\"` could not be displayed')"
    doing(stand_in, f"if b'\\xf0' in source: {missing}\n    return b'%PDF-' + source")
    page = PAGE.replace(b"Chart", "Chart 🌊".encode())
    assert b"Chart [water wave]" in await PATIENT.print(page)


async def test_of_a_long_chart_there_are_all_parts_or_none(stand_in: Path) -> None:
    doing(stand_in, "return b'%PDF-' + source")

    async def go_on() -> None:
        return

    spool = Spool()
    places = await PATIENT.print_chart([iter([PAGE]), iter([PAGE])], spool, go_on)
    assert [spool.read(place)[:5] for place in places] == [b"%PDF-"] * 2
    with pytest.raises(NotPrinted) as refused:
        await Printer(max_parts=1).print_chart([iter([PAGE]), iter([PAGE])], spool, go_on)
    assert refused.value.kind.value == "pdf_bounds"
    spool.close()


async def test_an_export_whose_pdf_fails_is_made_and_says_so(world: World, stand_in: Path) -> None:
    doing(stand_in, "os._exit(9)")
    patient = await world.patient_of(await world.therapist())
    made = await exports.ready(patient, PATIENT)
    [told] = [one for one in made["left_out"] if one["kind"] == "pdf"]
    assert told["count"] is None
    archive = await exports.opened(patient, PATIENT)
    assert "chart.pdf" not in archive.namelist()
    assert "chart.html" in archive.namelist()
    assert told in json.loads(archive.read("manifest.json"))["left_out"]
    text = "".join(page_of(archive, "README.html").text)
    assert told["why"] in text
    assert "chart.pdf" not in text


async def test_an_export_of_a_long_chart_has_numbered_parts(world: World, stand_in: Path) -> None:
    doing(stand_in, "return b'%PDF-' + source")
    patient = await world.patient_of(await world.therapist())
    for number in range(4):
        await reflections.submitted(patient, text=f"Entry {number}")
    archive = await exports.opened(patient, Printer(seconds=250, part_bytes=1))
    names = [name for name in archive.namelist() if name.endswith(".pdf")]
    parts = [archive.read(name).decode() for name in names]
    assert names == [f"chart-{number}.pdf" for number in range(1, len(parts) + 1)]
    articles = page_of(archive).all("article")
    assert len(articles) >= len(parts) >= 4
    assert sum(part.count("\n#entry(") for part in parts) == len(articles)
    for number in range(4):
        assert sum(f'"Entry {number}"' in part for part in parts) == 1
    assert [f", part {number} of {len(parts)}" in part for number, part in enumerate(parts, 1)] == [True] * len(parts)
    assert "What holds now" in parts[0]
    assert "What holds now" not in parts[1]
    assert "chart-1.pdf" in "".join(page_of(archive, "README.html").text)


async def test_a_server_that_makes_no_pdf_says_nothing_of_it(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    archive = await exports.opened(patient)
    assert not [name for name in archive.namelist() if name.endswith(".pdf")]
    assert "PDF" not in "".join(page_of(archive, "README.html").text)
