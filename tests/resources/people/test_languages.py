"""The language in which a patient is written to: their own if there are texts in it, else English."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration_api.resources.people.clinics.languages import language_tag, nearest_language
from integration_api.resources.people.patients import monitoring_statements
from tests.factories import reflections
from tests.support import World


@pytest.fixture
def of_two_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Texts in English, and in a language whose every text says which it is."""
    caches = (monitoring_statements._languages, monitoring_statements._format, monitoring_statements._texts)
    english = json.loads((monitoring_statements._MESSAGES / "en.json").read_text("utf-8"))
    (tmp_path / "en.json").write_text(json.dumps(english), "utf-8")
    (tmp_path / "es.json").write_text(json.dumps({name: f"[es {name}] {text}" for name, text in english.items()}))
    for cache in caches:
        cache.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(monitoring_statements, "_MESSAGES", tmp_path)
        yield
    for cache in caches:
        cache.cache_clear()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (None, "en"),
        ("es", "es"),
        ("es-US", "es"),
        ("es-Latn-US", "es"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-Hans-CN", "en"),
        ("fr", "en"),
        ("en-GB", "en"),
    ],
)
def test_the_nearest_language_with_texts_is_chosen(wanted: str | None, found: str) -> None:
    assert nearest_language(wanted, {"en", "es", "zh-Hant"}) == found


def test_a_tag_is_kept_in_its_usual_case() -> None:
    given = ["EN", "es-us", "ZH-hant-tw", "es-419", "de-ch-1996", "sl-ROZAJ"]
    assert [language_tag(tag) for tag in given] == ["en", "es-US", "zh-Hant-TW", "es-419", "de-CH-1996", "sl-rozaj"]


async def test_a_patient_reads_in_their_language(world: World, of_two_languages: None) -> None:
    """Each sentence of the statement, and the answer to a call for help."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist, language="es-us")
    path = f"/patients/{world.chart_id(patient)}"
    assert (await therapist.get(path))["language"] == "es-US"
    said = (await reflections.submitted(patient, share=True))["monitoring"]["text"]
    assert said.startswith("[es team] ")
    assert {"[es lines_calm]", "[es call]", "[es or]"} <= {f"[{part.split(']')[0]}]" for part in said.split("[")[1:]}
    assert "[es lines] " in (await patient.post("/help", expect=200))["text"]
    for language in ("fr", None):
        await therapist.patch(path, {"language": language}, (await therapist.get(path))["version"])
        assert (await reflections.submitted(patient, share=True))["monitoring"]["text"].startswith("Nobody watches")


@pytest.mark.parametrize("wrong", ["", "e", "english", "en_US", "en-", "-US", "en-USA", "de-DE-", "x" * 36, "en US", 7])
async def test_only_a_well_formed_tag_is_taken(world: World, wrong: object) -> None:
    therapist = await world.therapist()
    refused = await therapist.post("/patients", {"name": "Rowan Sample", "language": wrong}, expect=422)
    assert [error["field"] for error in refused["errors"]] == ["body.language"]
