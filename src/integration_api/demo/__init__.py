"""A clinic of invented people with a year behind it, to look at the product and to build a front end against.

The product makes it itself. Everything in it, from charts to practices, goes through the HTTP API of this process. The
demo moves the clock of that process through the year (`builder`). Then all rows are copied into the database in
one transaction (`transfer`). So every rule was applied, and there is the whole clinic or none of it.
"""

from sqlalchemy.exc import IntegrityError

from integration_api.app import open_database
from integration_api.demo.people import SLUG
from integration_api.resources.people.clinics.statements import CLINIC_BY_SLUG
from integration_api.settings import Settings


async def ensure_demo(settings: Settings) -> None:
    """Make the demo clinic where it is missing. Raises NotAtHead, DatabaseDown."""
    if await _exists(settings):
        return
    from integration_api.demo.builder import build  # noqa: PLC0415  only the first start needs it

    try:
        await build(settings)
    except IntegrityError:  # another process has made it meanwhile
        if not await _exists(settings):
            raise


async def _exists(settings: Settings) -> bool:
    async with open_database(settings) as database:
        return await database.one(CLINIC_BY_SLUG, {"slug": SLUG}) is not None
