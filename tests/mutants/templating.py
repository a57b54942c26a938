"""Notes by a template, pinned to a version of their own clinic and signed with it; versions of strategies."""

from tests.mutants.changes import Drop, Replace, Skip
from tests.mutants.mutant import mutant

_TEMPLATES, _NOTES = "resources/journal/note_templates/", "resources/journal/notes/"
_TEST = "tests/resources/journal/test_note_templates.py"
_LIBRARY, _OF_LIBRARY = "resources/journal/strategy_library/", "tests/resources/journal/test_strategy_library.py"

TEMPLATING = (
    mutant(
        "everybody of the clinic writes templates",
        _TEMPLATES + "operations.py",
        "CREATE_NOTE_TEMPLATE",
        Replace("WRITERS", "ANYONE_IN_CLINIC"),
        _TEST,
    ),
    mutant(
        "a template is replaced twice",
        _TEMPLATES + "service.py",
        "_end",
        Skip("Superseded"),
        _TEST,
    ),
    mutant(
        "a new note takes a template that is not in use",
        _NOTES + "service.py",
        "_layout_of_new",
        Skip("TemplateNotInUse"),
        _TEST,
    ),
    mutant(
        "a note of another format has a template",
        _NOTES + "service.py",
        "_layout_of_new",
        Skip("Invalid"),
        _TEST,
    ),
    mutant(
        "a section that a template needs may stay empty",
        _TEMPLATES + "rules.py",
        "layout_of",
        Replace("section['is_required']", "False"),
        _TEST,
    ),
    mutant(
        "a section that a template does not need must be there",
        _NOTES + "layouts.py",
        "missing_sections",
        Drop("required"),
        _TEST,
    ),
    mutant(
        "the signature is not over the template",
        _NOTES + "rules.py",
        "content_sha256",
        Replace("template_id is not None", "False"),
        _TEST,
    ),
    mutant(
        "a second draft loses the template",
        _NOTES + "kept_drafts.py",
        "_KEPT",
        Drop("template_id"),
        _TEST,
    ),
    mutant(
        "a plan is looked for in a note by a template",
        _NOTES + "statements.py",
        "LAST_PLAN",
        Drop("TEMPLATE"),
        _TEST,
    ),
    mutant(
        "an entry of the strategy library is replaced twice",
        _LIBRARY + "service.py",
        "_end",
        Skip("Superseded"),
        _OF_LIBRARY,
    ),
    mutant(
        "the strategy library shows what has ended among what is in use",
        _LIBRARY + "statements.py",
        "LIST_LIBRARY",
        Drop("_has_ended", "ended"),
        _OF_LIBRARY,
    ),
    mutant(
        "everybody of the clinic retires strategies",
        _LIBRARY + "operations.py",
        "RETIRE_STRATEGY_LIBRARY_ENTRY",
        Replace("CLINICIANS_OF_CLINIC", "EVERYBODY"),
        _OF_LIBRARY,
    ),
)
