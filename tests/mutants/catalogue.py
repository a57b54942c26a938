"""Protections, each taken out by a small change of one file, and the tests that must see it."""

from tests.mutants.acting import ACTING
from tests.mutants.answering import ANSWERING
from tests.mutants.binding import BINDING
from tests.mutants.browsing import BROWSING
from tests.mutants.client import CLIENT
from tests.mutants.declaring import DECLARING
from tests.mutants.delivering import DELIVERING
from tests.mutants.ending import ENDING
from tests.mutants.feeding import FEEDING
from tests.mutants.forgiving import FORGIVING
from tests.mutants.helping import HELPING
from tests.mutants.leaving import LEAVING
from tests.mutants.listing import LISTING
from tests.mutants.seeing import SEEING
from tests.mutants.showing import SHOWING
from tests.mutants.syncing import SYNCING
from tests.mutants.unlucky import UNLUCKY

MUTANTS = (
    *(ACTING + ANSWERING + BINDING + BROWSING + CLIENT),
    *(DECLARING + DELIVERING + ENDING + FEEDING + FORGIVING + HELPING),
    *(LEAVING + LISTING + SEEING + SHOWING + SYNCING),
    *(UNLUCKY),
)
