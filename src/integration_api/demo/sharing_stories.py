"""Summaries that both sides write together, and the care that another clinic shares."""

from collections.abc import Sequence
from random import Random

from integration_api.demo.front import Json
from integration_api.demo.story import Story


def summaries(story: Story, at: str, title: str, texts: Sequence[Json], **covers: str) -> None:
    """Tell of a summary of a part of the course: its texts in order, and which sides stood behind each.

    The therapist writes the first text, at `at`. A later one has `by` and `at`. Each may have `endorsed`: the sides,
    with their times.
    """
    moment = story.days.read(at)
    summary_id = story.new_id(moment, Random(f"{story.patient_id} {title}"))
    path = f"/shared-summaries/{summary_id}"
    days = {name: story.days.date_of(day).isoformat() for name, day in covers.items()}

    async def begin() -> None:
        about = {"patient_id": story.patient_id, "course_id": story.course_id, **days}
        await story.therapist.make("/shared-summaries", {"id": summary_id, "title": title, **about, **_first(texts)})

    story.at(moment, begin)
    for revision, text in enumerate(texts, 1):
        if revision > 1:
            _changes(story, path, text)
        for endorsed in text.get("endorsed", ()):
            _endorses(story, path, revision, **endorsed)


def _first(texts: Sequence[Json]) -> Json:
    return {"text": texts[0]["text"]}


def _changes(story: Story, path: str, text: Json) -> None:
    async def change() -> None:
        side = story.patient if text["by"] == "patient" else story.therapist
        await side.act(path, {"text": text["text"]}, "PATCH")

    story.at(story.days.read(text["at"]), change)


def _endorses(story: Story, path: str, revision: int, by: str, at: str) -> None:
    async def endorse() -> None:
        side = story.patient if by == "patient" else story.therapist
        await side.act(f"{path}/endorse", {"revision": revision})

    async def read() -> None:
        """Let the patient look at what the other side said, so that no news stays of it."""
        for item in (await story.patient.read("/me/inbox"))["items"]:
            if item["subject_id"] == path.split("/")[2] and item["read_at"] is None:
                await story.front.send("POST", f"/me/inbox/{item['id']}/read", actor=story.patient.actor)

    moment = story.days.read(at)
    story.at(moment, endorse)
    if by != "patient":
        story.at(moment, read)


def split_care(story: Story, at: str, who: str, until: str, **facts: object) -> None:
    """Tell of the prescriber's agreement with a therapist of another clinic, under the patient's consent to sharing."""
    moment = story.days.read(at)
    agreement_id = story.new_id(moment, Random(f"{story.patient_id} split care"))

    async def agree() -> None:
        consents = (await story.staff["prescriber"].read(f"/consents?patient_id={story.patient_id}"))["items"]
        consent = next(one for one in consents if one["purpose"] == "sharing")
        body = {"id": agreement_id, "patient_id": story.patient_id, "outside_account_id": story.staff[who].id}
        times = {"valid_from": moment.isoformat(), "valid_until": story.days.read(until).isoformat()}
        await story.staff["prescriber"].make(
            "/split-care-agreements", {**body, "consent_id": consent["id"], **times, **facts}
        )

    async def look() -> None:
        await story.staff[who].read(f"/shared-care/{agreement_id}")

    story.at(moment, agree)
    story.at(story.days.read("workday -2 16:35"), look)
