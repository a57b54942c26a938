"""A link to a person of the external issuer that was moved by hand is no link."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from integration_api.access.bindings import Bindings
from integration_api.settings import Settings
from tests.access.test_federation import House, link
from tests.access.test_federation import _patience as _patience  # noqa: PLC0414  a fixture
from tests.access.test_federation import house as house  # noqa: PLC0414  a fixture
from tests.access.test_federation import issuer as issuer  # noqa: PLC0414  a fixture
from tests.access.test_federation import issuer_process as issuer_process  # noqa: PLC0414  a fixture
from tests.storage.hand import Hand
from tests.support import Person

Move = Callable[[Hand, House, Person], Awaitable[object]]


async def _give_the_link(hand: Hand, house: House, victim: Person) -> None:
    await hand.put("external_identities", house.therapist.id, "id", UUID(victim.id))


async def _copy_the_subject(hand: Hand, house: House, victim: Person) -> None:
    await link(house.world, victim, uuid4().hex)
    mine = UUID(house.therapist.id)
    subject = await hand.value("SELECT subject_index FROM external_identities WHERE id = ?", mine)
    await hand.run("DELETE FROM external_identities WHERE id = ?", mine)
    await hand.put("external_identities", victim.id, "subject_index", subject)


async def _edit_the_roles(hand: Hand, house: House, _victim: Person) -> None:
    await hand.put("accounts", house.therapist.id, "roles", '["clinic_admin"]')


MOVES: dict[Move, str] = {
    _give_the_link: "external_identities",
    _copy_the_subject: "external_identities",
    _edit_the_roles: "accounts",
}
"""By what is done, the table whose alarm tells of it."""


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("is_protected", [True, False])
async def test_a_link_that_was_moved_signs_nobody_in(
    house: House, settings: Settings, move: Move, monkeypatch: pytest.MonkeyPatch, is_protected: bool
) -> None:
    """Without the protection it does: else the first run would prove nothing."""
    if not is_protected:
        monkeypatch.setattr(Bindings, "holds", lambda *_: True)
    hand, victim = Hand(settings), await house.world.therapist()
    assert await house.status(house.token()) == 200
    await move(hand, house, victim)
    answer = await house.get(house.token(sid=uuid4().hex))
    assert answer.status_code == (401 if is_protected else 200)
    if is_protected:
        stranger = await house.get(house.token(sub=uuid4().hex))
        assert {**answer.json(), "request_id": ""} == {**stranger.json(), "request_id": ""}
    else:
        who = house.therapist if move is _edit_the_roles else victim
        assert answer.json()["id"] == who.id
    alarms = await hand.run(
        "SELECT reason FROM ledger WHERE clinic_id = ? AND event = ?", house.world.clinic_id, "security.binding_broken"
    )
    assert [row[0] for row in alarms] == ([MOVES[move]] if is_protected else [])
