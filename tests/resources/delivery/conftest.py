"""Fixtures of the tests of deliveries."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from integration_api.access.actor import Role
from integration_api.resources.delivery.webhooks.job import Job
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.settings import Settings
from tests.applications import application
from tests.factories.chains import Chain, own_clinic
from tests.factories.feeds import seal
from tests.factories.hooks import Hooked
from tests.factories.receivers import receiving
from tests.factories.roster import courier_of
from tests.support import World


@pytest.fixture
async def chain(own: Settings) -> AsyncIterator[Chain]:
    async with AsyncExitStack() as stack:
        pager = await stack.enter_async_context(receiving())
        own = own.model_copy(update={"webhook_test_hosts": (pager.host,), "push_contact": "mailto:ops@example.org"})
        api = await stack.enter_async_context(application(own))
        apis = [api, api if own.is_embedded else await stack.enter_async_context(application(own, api.clock))]
        couriers = [await stack.enter_async_context(courier_of(one, own)) for one in apis]
        world = await own_clinic(api)
        primary, backup = await world.therapist(), await world.staff(Role.PRESCRIBER)
        patient = await world.patient_of(primary)
        for name, person in (("owner", world.admin), ("primary", primary), ("backup", backup)):
            await person.post("/me/channels", {"kind": "webhook", "url": f"http://{pager.host}/{name}"})
        yield Chain(world, tuple(couriers), pager, primary, backup, patient)


@pytest.fixture
async def hooked(own: Settings) -> AsyncIterator[Hooked]:
    async with receiving() as receiver:
        hosts = (receiver.host,)
        async with application(own.model_copy(update={"webhook_test_hosts": hosts})) as api:
            world = await World.build(api)
            therapist = await world.therapist()
            patient = await world.patient_of(therapist)
            await seal(world)
            yield Hooked(world, receiver, Job(api.runtime, Sender(hosts)), therapist, patient)
