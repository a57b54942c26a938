"""Every screen of a front end is one that the tests visit with axe-core: a new one is not forgotten."""

import re

import pytest

from tests.browser.all_screens import FRONT_ENDS, TABLES, names_in_source

TOLD = "name its address in tests/browser/all_screens.py, and the ids that it needs in the test that visits all screens"


@pytest.mark.parametrize("app", TABLES)
def test_each_screen_of_the_sources_is_visited(app: str) -> None:
    assert names_in_source(app) == set(TABLES[app]), TOLD


@pytest.mark.parametrize("app", TABLES)
def test_each_address_leads_to_its_screen(app: str) -> None:
    led = {name: path.partition("/")[0] for name, path in TABLES[app].items()}
    assert {name: first for name, first in led.items() if name != first} == (
        {"register": "stock"} if app == "desk" else {}
    )


@pytest.mark.parametrize("app", TABLES)
def test_each_folder_of_screens_is_in_the_table_of_the_sources(app: str) -> None:
    """A screen that no table imports could be shown by nobody, or past the table."""
    folder = FRONT_ENDS / app / "src"
    shown = "".join(path.read_text("utf-8") for path in (folder / "screens" / "inside.tsx", folder / "app.tsx"))
    led = set(re.findall(r'"\./(?:screens/)?([a-z-]+)/', shown))
    assert {path.name for path in (folder / "screens").iterdir() if path.is_dir()} - led == set()
