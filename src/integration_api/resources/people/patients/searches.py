"""Finding patients by name."""

from integration_api.access.work import Work
from integration_api.resources.people.patients import statements as sql
from integration_api.resources.people.patients.rules import MAX_SEARCH_WORDS, NameWords, search_words
from integration_api.resources.people.patients.schemas import Patient, PatientSearch
from integration_api.resources.people.patients.service import named_page
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page, Window


async def search_patients(work: Work, body: PatientSearch, window: Window) -> Page[Patient]:
    """List the charts that the actor may see and that have all these words in their names.

    Raises Invalid if there is no word, or more than eight.
    """
    words = search_words(body.name_part)
    if not 0 < len(words) <= MAX_SEARCH_WORDS:
        message = f"must have a letter or digit, and at most {MAX_SEARCH_WORDS} words"
        raise Invalid(errors=[{"field": "body.name_part", "code": "words", "message": message}])
    indexes = [work.runtime.vault.blind_index("name", word, work.actor.clinic_id) for word in words]
    found = await work.page(
        sql.SEARCH_PATIENTS, window, lambda row: (row.created_at, row.id), lambda row: row, **vars(NameWords(*indexes))
    )
    return named_page(work, found)
