"""The PDF of the readable chart, made by Typst itself."""

import json

import pytest

from integration_api.resources.oversight.exports.printers import Printer
from tests.factories.exports import opened
from tests.resources.oversight.test_export_contents import EMOJI, HOSTILE, RIGHT_TO_LEFT, a_chart, page_of
from tests.resources.oversight.test_printers import PATIENT
from tests.support import World

pytest.importorskip("typst")
PAGE = (
    "<!doctype html><html><head><title>A chart</title></head><body><h1>Chart</h1>"
    '<p dir="auto" class="text">{}</p></body></html>'
)


async def test_an_export_has_its_chart_as_tagged_pdf(world: World) -> None:
    _, patient, _ = await a_chart(world)
    archive = await opened(patient, PATIENT)
    pdf = archive.read("chart.pdf")
    assert pdf.startswith(b"%PDF-1.")
    assert b"pdfuaid:part" in pdf
    assert b"/StructTreeRoot" in pdf
    manifest = json.loads(archive.read("manifest.json"))
    assert "chart.pdf" in {one["path"] for one in manifest["files"]}
    assert not [one for one in manifest["left_out"] if one["kind"].startswith("pdf")]
    assert "chart.pdf" in "".join(page_of(archive, "README.html").text)


@pytest.mark.parametrize(
    "text",
    [
        RIGHT_TO_LEFT,
        EMOJI,
        HOSTILE.replace("<", "&lt;"),
        '1 &lt; 2 \\ " # $ * _ ` @ &lt;x&gt; /* // */ ~ - + = [ ] { }',
        "\u2066a\u2069 \u202e b \ufffd \u00ad e\u0301 \u200b\u2028 z",
        "",
        "x" * 20_000,
        "\n" * 200,
        "word " * 4_000,
    ],
)
async def test_any_text_can_be_printed(text: str) -> None:
    assert (await PATIENT.print(PAGE.format(text).encode())).startswith(b"%PDF-")


async def test_one_page_is_made_within_the_bounds_of_the_server() -> None:
    assert Printer().memory_bytes < 2 << 30
    assert (await Printer(seconds=250).print(PAGE.format("A word").encode())).startswith(b"%PDF-")
