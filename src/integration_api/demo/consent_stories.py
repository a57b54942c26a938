"""Consents of a chart: what its patient signs, and what they withdraw."""

from random import Random

from integration_api.demo.story import Story


def consents(story: Story, at: str, purpose: str, *, withdrawn: str | None = None) -> None:
    """Tell of a patient who signs the document in force for a purpose, and who may withdraw that later."""
    moment = story.days.read(at)
    consent_id = story.new_id(moment, Random(f"{story.patient_id} {purpose}"))

    async def sign() -> None:
        [listed] = (await story.patient.read(f"/consent-documents?purpose={purpose}"))["items"]
        document = await story.patient.read(f"/consent-documents/{listed['id']}")
        story.later(minutes=4)
        shown = document["texts"][0]
        text = {"language": shown["language"], "text_sha256": shown["text_sha256"]}
        await story.patient.make("/consents", {"id": consent_id, "document_id": listed["id"], **text})

    async def withdraw() -> None:
        await story.patient.act(f"/consents/{consent_id}/withdraw")

    story.at(moment, sign)
    if withdrawn:
        story.at(story.days.read(withdrawn), withdraw)
