"""Beginnings of the tests of the desk's rooms: a container, filling a dialog, and where axe-core looks."""

from tests.browser.clinic import ADA, Clinic, Json, marker
from tests.browser.desk.office import Desk
from tests.browser.desk.test_desk_access import findings, no_more_to_come

NARROW = {"width": 320, "height": 640}


def container(clinic: Clinic, **facts: object) -> Json:
    """A new container with 100 mL in it."""
    label = {"drug": "ketamine", "formulation": marker("Injection"), "strength": "50 mg/mL", "lot": "L-1", "unit": "mL"}
    kept = {"expires_on": "2031-01-31", "mg_per_unit": 50, "kept_at": "Safe 2", "opening_amount": 100}
    made: Json = clinic.staff(ADA).ask("POST", "/custody-containers", {**label, **kept, **facts})
    return made


def fill(desk: Desk, fields: dict[str, str]) -> None:
    """Fill fields of the dialog that is open, by their labels."""
    for label, text in fields.items():
        desk.page.get_by_role("dialog").get_by_label(label, exact=True).fill(text)


def send(desk: Desk, button: str) -> None:
    """Press the button of the dialog, and wait until it is closed."""
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name=button, exact=True).click()
    dialog.wait_for(state="detached")


def faults_of(desk: Desk, axe: str) -> list[str]:
    """Return the findings of axe-core in light, and in dark at 320 px; and whether content is cut off."""
    no_more_to_come(desk)
    found = []
    for scheme, size in (("light", {"width": 1280, "height": 800}), ("dark", NARROW)):
        desk.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        desk.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        desk.page.evaluate("scrollTo(0, 0)")  # the bar at the top would cover what is below it
        found += [f"{scheme}: {one}" for one in findings(desk, axe)]
    desk.page.emulate_media(color_scheme="light")
    desk.page.set_viewport_size({"width": 1280, "height": 800})
    return found


__all__ = ["container", "faults_of", "fill", "send"]
