"""Writing by a capture link: each moment becomes the patient's own private entry, and the answer tells no chart."""

from datetime import timedelta

from integration_api.access.limits.buckets import Bucket, Limit
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.journal.capture_links import statements as sql
from integration_api.resources.journal.capture_links.capture_errors import CaptureLinkFull, CaptureWaits
from integration_api.resources.journal.capture_links.schemas import CaptureCreate, Captured, CapturePage
from integration_api.resources.journal.reflections.captured_entries import keep_captured
from integration_api.resources.journal.reflections.contents import Content, outline_of
from integration_api.resources.journal.reflections.fragments import MoodTaps
from integration_api.resources.journal.reflections.service import own_chart
from integration_api.resources.journal.reflections.tables import (
    LoadedReflectionRow,
    ReflectionKind,
    ReflectionState,
    Sharing,
)
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.resources.people.patients.alerts import clinic_of_patient
from integration_api.web.instants import credible_time

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


async def create_capture(work: Work, body: CaptureCreate) -> Captured:
    """Keep one moment as a private entry of the patient. Raises IdTaken, CaptureWaits, CaptureLinkFull."""
    patient_id = own_chart(work)
    if wait := await Bucket.of(work, WRITES, "capture link", work.actor.sign_in_id.bytes).take(work):
        raise CaptureWaits(-(-wait // 1_000_000))
    link = await work.one(sql.READ_LINK_OF_SIGN_IN)
    content, values = _content(body), new_values(work, body)
    row = LoadedReflectionRow(
        **{name: values[name] for name in ("clinic_id", "id", "created_at", "updated_at", "captured_at")},
        patient_id=patient_id,
        session_id=link.session_id if link else None,
        capture_link_id=link.id if link else None,
        kind=ReflectionKind.FRAGMENT if "fragment" in content else ReflectionKind.TEXT,
        state=ReflectionState.SUBMITTED,
        sharing=Sharing.PRIVATE,
        submitted_at=work.now,
        happened_at=credible_time(body.captured_at, work.now),
        outline=outline_of(content),
        content=content,
    )
    if link is not None:
        work.change(sql.COUNT_ENTRY, missed=CaptureLinkFull, patient_id=patient_id, id=link.id)
    told = await keep_captured(work, row)
    return Captured(id=row.id, text=told["text"], crisis_resources=told["crisis_resources"])


def _content(body: CaptureCreate) -> Content:
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
