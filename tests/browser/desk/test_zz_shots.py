import pytest, re
from pathlib import Path
from datetime import timedelta
from tests.browser.clinic import *
from tests.browser.clinic import LINDEN
from tests.browser.desk.test_shared_summaries import rowan
pytestmark = pytest.mark.browser
OUT = Path("/tmp/w/shots"); OUT.mkdir(exist_ok=True)
def test_shots(new_desk, new_phone, clinic):
    imani = clinic.staff(IMANI)
    p = rowan(imani)
    s = clinic.member(ROWAN).ask("GET", "/shared-summaries")["items"][0]
    course = s["course_id"]
    t = imani.ask("POST", "/shared-summaries", {"patient_id": p, "course_id": course, "title": "What November brought", "text": "The fear at the lake had a beginning. We go on with the walks, and slower."})
    a = imani.ask("GET", f"/split-care-agreements?patient_id={p}")["items"][0]
    for scheme in ("light", "dark"):
        phone = new_phone(color_scheme=scheme, reduced_motion="reduce")
        phone.sign_in(ROWAN)
        for name, path in (("list", "summaries"), ("one", f"summary/{s['id']}"), ("open", f"summary/{t['id']}"), ("write", "write-summary/new"), ("edit", f"write-summary/{t['id']}")):
            phone.open(path); phone.page.wait_for_timeout(1500)
            phone.page.screenshot(path=OUT / f"phone-{name}-{scheme}.png", full_page=True)
        for who, rooms in ((IMANI, (("list", f"summaries/{p}"), ("one", f"summary/{t['id']}"), ("new", f"new-summary/{p}"), ("chart", f"chart/{p}"))), (NOOR, (("split", f"split-care/{p}"),)), (LINDEN, (("shared", "shared-care"), ("sharedchart", f"shared-chart/{a['id']}")))):
            desk = new_desk(clinic.staff(who), color_scheme=scheme, reduced_motion="reduce")
            desk.sign_in()
            for name, path in rooms:
                for w in (1280, 390):
                    desk.page.set_viewport_size({"width": w, "height": 800})
                    desk.open(path); desk.page.wait_for_timeout(1500)
                    if name == "one" : 
                        b = desk.page.get_by_role("button", name="Change the text")
                        if b.count(): b.click()
                    if name == "split" and w == 1280:
                        desk.page.screenshot(path=OUT / f"desk-{name}-{w}-{scheme}.png", full_page=True)
                        desk.press("New agreement"); desk.page.screenshot(path=OUT / f"desk-splitnew-{w}-{scheme}.png"); desk.press("Cancel"); continue
                    desk.page.screenshot(path=OUT / f"desk-{name}-{w}-{scheme}.png", full_page=True)
