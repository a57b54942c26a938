"""Protections, each taken out by a small change of one file, and the tests that must see it."""

from tests.mutants.acting import ACTING
from tests.mutants.answering import ANSWERING
from tests.mutants.arcs import ARCS
from tests.mutants.attaching import ATTACHING
from tests.mutants.attaining import ATTAINING
from tests.mutants.binding import BINDING
from tests.mutants.briefing import BRIEFING
from tests.mutants.browsing import BROWSING
from tests.mutants.calling import CALLING
from tests.mutants.capturing import CAPTURING
from tests.mutants.client import CLIENT
from tests.mutants.clocking import CLOCKING
from tests.mutants.closing import CLOSING
from tests.mutants.confiding import CONFIDING
from tests.mutants.conforming import CONFORMING
from tests.mutants.consenting import CONSENTING
from tests.mutants.copying import COPYING
from tests.mutants.counting import COUNTING
from tests.mutants.declaring import DECLARING
from tests.mutants.delivering import DELIVERING
from tests.mutants.disagreeing import DISAGREEING
from tests.mutants.discharging import DISCHARGING
from tests.mutants.dosing import DOSING
from tests.mutants.drawing import DRAWING
from tests.mutants.ending import ENDING
from tests.mutants.endorsing import ENDORSING
from tests.mutants.escalating import ESCALATING
from tests.mutants.exchanging import EXCHANGING
from tests.mutants.exporting import EXPORTING
from tests.mutants.feeding import FEEDING
from tests.mutants.flagging import FLAGGING
from tests.mutants.following import FOLLOWING
from tests.mutants.forgiving import FORGIVING
from tests.mutants.grouping import GROUPING
from tests.mutants.harming import HARMING
from tests.mutants.helping import HELPING
from tests.mutants.holding import HOLDING
from tests.mutants.importing import IMPORTING
from tests.mutants.keeping import KEEPING
from tests.mutants.labelling import LABELLING
from tests.mutants.leaving import LEAVING
from tests.mutants.lending import LENDING
from tests.mutants.listing import LISTING
from tests.mutants.measuring import MEASURING
from tests.mutants.monitoring import MONITORING
from tests.mutants.moving import MOVING
from tests.mutants.ordering import ORDERING
from tests.mutants.overseeing import OVERSEEING
from tests.mutants.planning import PLANNING
from tests.mutants.pretending import PRETENDING
from tests.mutants.printing import PRINTING
from tests.mutants.pseudonymous import PSEUDONYMOUS
from tests.mutants.remote import REMOTE
from tests.mutants.restoring import RESTORING
from tests.mutants.scoring import SCORING
from tests.mutants.seeing import SEEING
from tests.mutants.shielding import SHIELDING
from tests.mutants.showing import SHOWING
from tests.mutants.splitting import SPLITTING
from tests.mutants.syncing import SYNCING
from tests.mutants.templating import TEMPLATING
from tests.mutants.translating import TRANSLATING
from tests.mutants.unlucky import UNLUCKY
from tests.mutants.viewing import VIEWING
from tests.mutants.watching import WATCHING

MUTANTS = (
    *(ACTING + ANSWERING + ARCS + ATTACHING + ATTAINING + BINDING + BRIEFING + BROWSING + CALLING),
    *(CAPTURING + CLIENT + CLOCKING + CLOSING + CONFIDING + CONFORMING + CONSENTING + COPYING + COUNTING),
    *(DECLARING + DELIVERING + DISAGREEING + DISCHARGING + DOSING + DRAWING + ENDING + ENDORSING),
    *(ESCALATING + EXCHANGING + EXPORTING + FEEDING + FLAGGING + FOLLOWING + FORGIVING + GROUPING + HARMING),
    *(HELPING + HOLDING),
    *(IMPORTING + KEEPING + LABELLING + LEAVING + LENDING + LISTING + MEASURING + MONITORING + MOVING),
    *(ORDERING + OVERSEEING + PLANNING + PRETENDING + PRINTING + PSEUDONYMOUS + REMOTE + RESTORING),
    *(SCORING + SEEING + SHIELDING + SHOWING + SPLITTING + SYNCING + TEMPLATING + TRANSLATING + UNLUCKY),
    *(VIEWING + WATCHING),
)
