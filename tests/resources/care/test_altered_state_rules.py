"""The end of the altered-state window by route, against the table of its source."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration_api.resources.care.doses.altered_states import altered_until
from integration_api.resources.care.doses.rules import Given
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute
from integration_api.resources.people.clinics.rules import POLICY_DEFAULTS, all_policies

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
WINDOWS = {
    DoseRoute.IV_INFUSION: 180,
    DoseRoute.IM: 180,
    DoseRoute.SC: 180,
    DoseRoute.INTRANASAL_RACEMIC: 180,
    DoseRoute.INTRANASAL_ESKETAMINE: 180,
    DoseRoute.SUBLINGUAL: 240,
    DoseRoute.BUCCAL: 240,
    DoseRoute.ORAL: 300,
}
"""Minutes. Source: clinical.md section 1.2, column Clocks, the third of each route."""


def minutes(route: DoseRoute, infusion_minutes: int | None = None, **policies: int) -> float:
    dose = Given(UUID(int=1), route, DoseKind.INITIAL, 50, NOW, infusion_minutes=infusion_minutes)
    return (altered_until(all_policies(policies), dose) - NOW) / timedelta(minutes=1)


@pytest.mark.parametrize("route", DoseRoute)
def test_each_route_has_its_window(route: DoseRoute) -> None:
    assert minutes(route) == WINDOWS[route]


def test_there_is_a_policy_for_each_route_and_for_nothing_else() -> None:
    named = {name.removeprefix("altered_state_minutes_") for name in POLICY_DEFAULTS if "altered" in name}
    assert named == set(DoseRoute)


@pytest.mark.parametrize(("infusion", "window"), [(0, 180), (40, 180), (60, 180), (61, 181), (100, 220), (240, 360)])
def test_an_infusion_ends_the_window_no_earlier_than_two_hours_after_it(infusion: int, window: int) -> None:
    assert minutes(DoseRoute.IV_INFUSION, infusion) == window


@given(route=st.sampled_from(DoseRoute), own=st.integers(0, 10_000))
def test_a_clinic_sets_its_own(route: DoseRoute, own: int) -> None:
    assert minutes(route, **{f"altered_state_minutes_{route}": own}) == own


def test_a_clinic_without_a_window_has_none_after_an_infusion_either() -> None:
    assert minutes(DoseRoute.IV_INFUSION, 40, altered_state_minutes_iv_infusion=0) == 0
