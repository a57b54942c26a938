"""Note templates, and a signed note that follows one."""

from tests.factories import note_templates, notes
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene, **facts: object) -> Json:
    names = ("library-heading", "library-more")
    sections = [{"title": s.word(name), "hint": s.word("library-hint")} for name in names]
    return {"title": s.word("library-template"), "sections": sections, **facts}


async def _template(s: Scene, **facts: object) -> Json:
    made: Json = await s.world.admin.post("/note-templates", _body(s, **facts))
    return made


@planted
async def template(s: Scene) -> None:
    """Add a template with a next version, one that was retired, and a note by the first version."""
    first = await _template(s)
    texts = {key: s.word("text-section") for key in note_templates.keys_of(first)}
    await notes.signed_note(s.therapist, s.chart, format="template", template_id=first["id"], sections=texts)
    s.ids["note_template_id"] = (await _template(s, replaces_id=first["id"]))["id"]
    gone = await _template(s)
    await s.world.admin.post(f"/note-templates/{gone['id']}/retire", match=1, expect=200)


reads("list_note_templates", "therapist", "/note-templates")
reads("list_note_templates (in use)", "patient", "/note-templates?state=active")
reads("read_note_template", "patient", "/note-templates/{note_template_id}")


@operation("create_note_template")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "POST", "/note-templates", _body(s))


@operation("create_note_template (the next version)")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "POST", "/note-templates", _body(s, replaces_id=(await _template(s))["id"]))


@operation("retire_note_template")
async def _(s: Scene) -> Request:
    made = await _template(s)
    return Request(s.world.admin, "POST", f"/note-templates/{made['id']}/retire", None, 1)
