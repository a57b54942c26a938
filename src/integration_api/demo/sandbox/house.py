"""The people of a sandbox's clinic: who they are, and requests in their name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from httpx import ASGITransport, AsyncClient

from integration_api.access.actor import Actor, Role
from integration_api.access.sandbox_clock import MovedClock
from integration_api.access.tables import SignInRow
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.demo.front import DemoBroken, Front, Person
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.resources.people.sign_in.service import email_index
from integration_api.web.errors import Conflict, NotFound, Unavailable

STAFF = {
    "admin": Role.CLINIC_ADMIN,
    "therapist": Role.THERAPIST,
    "prescriber": Role.PRESCRIBER,
    "supervisor": Role.SUPERVISOR,
    "auditor": Role.AUDITOR,
    "privacy_officer": Role.PRIVACY_OFFICER,
}
PATIENT = "patient"
_SIGN_IN = timedelta(minutes=5)


def address(key: str, slug: str) -> str:
    """Return the e-mail address of somebody, by RFC 2606."""
    return f"{key}@{slug}.example.org"


def clinic_id_of(work: Work, slug: str) -> UUID:
    """Return the clinic of a short name. Raises NotFound."""
    clock = work.runtime.clock
    found = clock.clinic_named(slug.encode()) if isinstance(clock, MovedClock) else None
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class House:
    """A clinic of a sandbox, and requests to this application in the name of its people."""

    work: Work
    front: Front
    slug: str

    @classmethod
    def of(cls, work: Work, client: AsyncClient, slug: str) -> "House":
        """Open the clinic of this short name."""
        return cls(work, Front(client, work.runtime, work.runtime.clock, work.now), slug)

    async def enter(self, key: str) -> Person:
        """Return somebody with a short sign-in of their own, which spends no code. Raises Conflict."""
        index = email_index(self.work, address(key, self.slug))
        found = await self.work.all(sign_in_sql.CANDIDATES, email_index=index, slug=self.slug)
        if not found:
            raise Conflict(f"Nobody of this clinic can sign in as `{key}` any more. Make another clinic.")
        account, now = found[0], self.work.now
        row = SignInRow(
            clinic_id=account.clinic_id,
            id=new_id(),
            account_id=account.id,
            created_at=now,
            refreshed_at=now,
            expires_at=now + _SIGN_IN,
            proved_at=now,
            is_strong=True,
        )
        begin = self.work.anew()
        bound = begin.runtime.bindings.bound("sign_ins", row)
        begin.change(sign_in_sql.INSERT_SIGN_IN, bound, missed=NotFound, epoch=account.epoch)
        await begin.apply()
        roles = tuple(Role(role) for role in account.roles)
        actor = Actor(
            account.clinic_id, account.id, row.id, account.epoch, roles, account.patient_id, now, is_strong=True
        )
        return Person(self.front, actor)


@asynccontextmanager
async def client_of(work: Work) -> AsyncIterator[AsyncClient]:
    """Yield a client of the application that this request came to.

    Raises Conflict if it refuses a request, and Unavailable if it cannot answer one now.
    """
    async with AsyncClient(transport=ASGITransport(work.scope["app"]), base_url="http://sandbox") as client:
        try:
            yield client
        except DemoBroken as error:
            if error.status == Unavailable.status:
                raise Unavailable from error
            refused = f"The clinic is no longer as it was made, and refuses it ({error.code}). Make another clinic."
            raise Conflict(refused) from error
