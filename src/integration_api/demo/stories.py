"""The demo's stories as they are written down in `stories/`: the clinic, and one file for each chart."""

import tomllib
from pathlib import Path

from integration_api.demo.front import Json

_FOLDER = Path(__file__).parent / "stories"


def _read(name: str) -> Json:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


CLINIC = _read("clinic")
CHARTS = tuple(_read(name) for name in ("rowan", "wren", "juniper", "ash"))
