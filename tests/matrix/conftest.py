"""What everybody was told, asked once on each database."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.factories.care_teams import join
from tests.matrix.asking import CASES, asked
from tests.matrix.cast import Cast, Cell, Charts
from tests.scene import OPERATIONS, Request, Scene
from tests.support import Api, World


@dataclass
class Asked:
    """What everybody was told, and whether the request names a thing by id."""

    told: Mapping[tuple[str, Cell | None], str]
    names_a_thing: Mapping[str, bool]


@pytest.fixture(scope="module")
async def scene(api: Api) -> Scene:
    """One of everything and who may ask for it, without the crowd of `cast`; new for each file, too."""
    api.clock.reset()
    return await Scene.build(await World.build(api))


@pytest.fixture(scope="module")
async def cast(api: Api) -> Cast:
    """Three charts and their people; new for each file, which may use up what they may do in a while."""
    api.clock.reset()
    return await Cast.build(await World.build(api))


@pytest.fixture(scope="session")
async def both(api: Api) -> Charts:
    """Two charts, and the staff of the first is on the second's team too."""
    api.clock.reset()
    world = await World.build(api)
    charts = Charts(await Scene.build(world), await Scene.build(world))
    for person in (charts.scene.therapist, charts.scene.supervisor):
        await join(charts.other.therapist, charts.other.chart, person)
    return charts


@pytest.fixture(scope="session")
async def everybody_asked(api: Api) -> Asked:
    """Every operation, asked for by everybody."""
    api.clock.reset()
    cast = await Cast.build(await World.build(api))
    told: dict[tuple[str, Cell | None], str] = {}
    names: dict[str, bool] = {}
    for case in CASES:
        request: Request = await OPERATIONS[case.name](cast.scene)
        if request.status is None:
            names[case.name] = request.names_a_thing
            told |= {(case.name, cell): answer for cell, answer in (await asked(cast, case, request)).items()}
    return Asked(told, names)
