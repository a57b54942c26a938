"""A test with a browser waits by its device, which gives the page its turn."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
WITHOUT_A_PAGE = {"device.py", "members.py", "test_phone_hardships.py"}
"""They wait for something that no page has a part in, or are the wait itself."""


def test_no_wait_holds_what_a_page_has_asked() -> None:
    """A request that a test answers stands still while the test looks elsewhere: the wait would be for ever."""
    files = sorted((ROOT / "tests/browser").rglob("*.py"))
    assert len(files) > 50
    assert {
        path.name for path in files if "from tests.waiting import until" in path.read_text("utf-8")
    } - WITHOUT_A_PAGE == set()
