"""Research exports: of as many patients as one needs, each time by a document of its own."""

from tests.factories import research
from tests.factories.consents import published
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


async def _consented(s: Scene) -> None:
    """Have the chart and others sign for research. The others are of a therapist who has no part in the scene."""
    document = await published(s.world.admin, "research", s.word("library-consent"), needs_new_signature=True)
    await research.on_paper(s.therapist, s.chart, document)
    therapist = await s.world.therapist()
    for _ in range(research.FLOOR - 1):
        chart = await therapist.post("/patients", {"name": f"{s.word('person-name')} Sample"})
        await research.on_paper(therapist, chart["id"], document)


async def _ready(s: Scene) -> Json:
    await _consented(s)
    return await research.ready(s.officer, {"id": s.ids["research_study_id"]})


@planted
async def research_exports(s: Scene) -> None:
    """Add one that is ready."""
    s.ids["research_export_id"] = (await _ready(s))["id"]


reads("list_research_exports", "officer", "/research-studies/{research_study_id}/exports")
reads("read_research_export", "officer", "/research-exports/{research_export_id}")


@operation("read_research_export_content")
async def _(s: Scene) -> Request:
    return Request(s.officer, "GET", f"/research-exports/{(await _ready(s))['id']}/content")


@operation("create_research_export")
async def _(s: Scene) -> Request:
    await _consented(s)
    made = await research.study_of(s.officer, s.word("study-asked"))
    return Request(s.officer, "POST", f"/research-studies/{made['id']}/exports", {})
