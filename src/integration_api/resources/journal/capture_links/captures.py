"""Writing by a capture link: each moment becomes the patient's own private entry, and the answer tells no chart."""

from datetime import timedelta

from integration_api.access.limits.buckets import Limit
from integration_api.access.work import Work
from integration_api.resources.journal.capture_links import statements as sql
from integration_api.resources.journal.capture_links.schemas import CaptureCreate, CapturePage
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.fragments import MoodTaps
from integration_api.resources.journal.reflections.service import own_chart
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.resources.people.patients.alerts import clinic_of_patient

WRITES = Limit(20, timedelta(seconds=15))
"""Of one link: somebody who taps, and a phone that sends what it kept while it was offline."""
HELP_PATH = "/v1/help"


async def read_capture(work: Work) -> CapturePage:
    """Return whom to call, and how to ask for help."""
    patient_id = own_chart(work)
    link = await work.one(sql.READ_LINK_OF_SIGN_IN)
    clinic = await clinic_of_patient(work)
    work.record(link.session_id if link else None, patient_id, is_private=True)
    lines = list(crisis_resources(clinic.country))
    return CapturePage(expires_at=link.expires_at if link else None, help_path=HELP_PATH, crisis_resources=lines)


def content_of(body: CaptureCreate) -> Content:
    """Return a moment as the content of an entry."""
    content: Content = {
        "text": body.text,
        "prompt_set": None,
        "prompt_set_version": None,
        "answers": [],
        "ratings": None,
        "tags": [],
        "insights": [],
        "safety": None,
        "contact_me": False,
    }
    if body.word is not None:
        content["fragment"] = {"form": "word", "word": body.word, "mood": None, "regions": [], "music": None}
    elif body.mood is not None:
        mood = body.mood
        taps: MoodTaps = {"mood": mood.mood, "anxiety": mood.anxiety, "connection": mood.connection}
        content["fragment"] = {"form": "mood", "word": None, "mood": taps, "regions": [], "music": None}
    return content
