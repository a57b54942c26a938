"""Instruments: those of the product, one of the clinic's own, and the wording of one."""

from tests.factories.instruments import definition, questionnaire, wording
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def instrument(s: Scene) -> None:
    """Word one, and define one."""
    s.ids["instrument_id"] = "phq9"
    words = questionnaire(words=s.word("library-question")) | {"title": s.word("library-title")}
    await s.world.admin.post("/instruments", wording(words, licence_note=s.word("library-licence")))
    await s.world.admin.post("/instruments", {"definition": definition(name=s.word("library-instrument"))})


reads("list_instruments", "patient", "/instruments")
reads("read_instrument", "therapist", "/instruments/{instrument_id}")


@operation("add_instrument")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "POST", "/instruments", wording(licence_note=s.word("library-licence")))


@operation("add_instrument (a definition)")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "POST", "/instruments", {"definition": definition(id="own_rest")})
