"""Research studies."""

from tests.factories import research
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def research_studies(s: Scene) -> None:
    """Add one that is closed, and one that goes on."""
    closed = await research.study_of(s.officer, s.word("study-closed"))
    await s.officer.post(f"/research-studies/{closed['id']}/close", match=closed["version"], expect=200)
    s.ids["research_study_id"] = (await research.study_of(s.officer, s.word("study-name")))["id"]


reads("list_research_studies", "officer", "/research-studies")
reads("read_research_study", "officer", "/research-studies/{research_study_id}")


@operation("create_research_study")
async def _(s: Scene) -> Request:
    return Request(s.officer, "POST", "/research-studies", {"name": s.word("study-new")})


@operation("close_research_study")
async def _(s: Scene) -> Request:
    made = await research.study_of(s.officer, s.word("study-over"))
    return Request(s.officer, "POST", f"/research-studies/{made['id']}/close", None, made["version"])
