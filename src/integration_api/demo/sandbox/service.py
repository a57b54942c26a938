"""Clinics on request, and the clock of a sandbox."""

from datetime import timedelta
from secrets import token_hex

from integration_api.access.limits.attempts import source
from integration_api.access.limits.buckets import Bucket, Limit
from integration_api.access.sandbox_clock import (
    COUNT_CLINIC,
    MAX_CLINICS,
    MAX_MOVED,
    MOVE_CLOCK,
    START_CLOCK,
)
from integration_api.access.tables import AccountRow, TenantRow
from integration_api.access.tokens import ACCESS_TOKEN_LIFETIME
from integration_api.access.work import Work
from integration_api.core.clock import time_of
from integration_api.demo.people import DEMO_PASSWORD, DEMO_TOTP_SECRET
from integration_api.demo.sandbox.house import PATIENT, STAFF, House, address, client_of, clinic_id_of
from integration_api.demo.sandbox.schemas import (
    ClockMove,
    MovedTime,
    SandboxClinic,
    SandboxClinicCreate,
    SandboxPerson,
    SandboxTime,
)
from integration_api.resources.people.accounts.bootstrap import give_totp
from integration_api.resources.people.accounts.service import create_first_admin, create_member
from integration_api.resources.people.clinics.operations import CREATE_CLINIC
from integration_api.resources.people.clinics.service import create_clinic
from integration_api.storage.vault import NOBODY
from integration_api.web.errors import Conflict, TooManyRequests

_FROM_ONE_SOURCE = Limit(20, timedelta(seconds=5))
_SHORTEST_SIGN_IN = timedelta(hours=12)
_MICROSECOND = timedelta(microseconds=1)


async def create_sandbox_clinic(work: Work, body: SandboxClinicCreate) -> SandboxClinic:
    """Make a clinic with staff of each role, and a patient with an account. Raises TooManyRequests, Conflict."""
    wait = await Bucket.of(work, _FROM_ONE_SOURCE, "sandbox clinics", source(work)).take(work)
    if wait:
        raise TooManyRequests(-(-wait // 1_000_000))
    slug = f"sandbox-{token_hex(6)}"
    with time_of(NOBODY):  # a new clinic's clock was not moved yet
        clinic, staff = await _found(work, slug, body)
        people = [
            SandboxPerson(key=key, email=address(key, slug), account_id=row.id, patient_id=None)
            for key, row in staff.items()
        ]
        async with client_of(work) as client:
            people.append(await _admit(House.of(work.anew(), client, slug)))
    return SandboxClinic(
        clinic_id=clinic.id, slug=slug, password=DEMO_PASSWORD, totp_secret=DEMO_TOTP_SECRET, people=people
    )


async def _found(work: Work, slug: str, body: SandboxClinicCreate) -> tuple[TenantRow, dict[str, AccountRow]]:
    """Make the clinic and its staff in one step, as the command line does. Raises Conflict beyond MAX_CLINICS."""
    begin = Work(work.runtime, CREATE_CLINIC, work.request_id)
    full = f"This sandbox has {MAX_CLINICS} clinics; use one of them, or an empty database."
    begin.change(COUNT_CLINIC, missed=lambda: Conflict(full), clinic_id=NOBODY, id=NOBODY, most=MAX_CLINICS)
    clinic = create_clinic(begin, slug=slug, **body.model_dump())
    begin.change(START_CLOCK, clinic_id=clinic.id, id=clinic.id, created_at=begin.now, moved_us=0, clinic_count=0)
    staff: dict[str, AccountRow] = {}
    for key, role in STAFF.items():
        email, name = address(key, slug), f"{key.replace('_', ' ').capitalize()} Sample"
        if key == "admin":
            staff[key] = await create_first_admin(begin, clinic, name, email, DEMO_PASSWORD)
        else:
            credential = "LMFT" if key == "therapist" else ""
            staff[key] = await create_member(begin, clinic, name, email, DEMO_PASSWORD, (role,), credential)
        give_totp(begin, staff[key], DEMO_TOTP_SECRET)
    await begin.apply()
    return clinic, staff


async def _admit(house: House) -> SandboxPerson:
    """Let the therapist open a chart and invite its patient, who accepts."""
    therapist, email = await house.enter("therapist"), address(PATIENT, house.slug)
    chart = await therapist.make("/patients", {"name": "Patient Sample", "email": email})
    invitation = await therapist.make("/invitations", {"patient_id": chart["id"]})
    accepting = {"code": invitation["code"], "password": DEMO_PASSWORD}
    await house.front.send("POST", "/invitations/accept", accepting)
    patient = await house.enter(PATIENT)
    return SandboxPerson(key=PATIENT, email=email, account_id=patient.actor.id, patient_id=patient.actor.patient_id)


async def read_sandbox_clock(work: Work, clinic: str) -> SandboxTime:
    """Return the time of a clinic. Raises NotFound for an unknown one."""
    clinic_id_of(work, clinic)
    return SandboxTime(now=work.now)


async def move_sandbox_clock(work: Work, body: ClockMove) -> MovedTime:
    """Move the clock of a clinic forward, for every process. Raises NotFound, Conflict beyond MAX_MOVED in all."""
    by, clinic_id = timedelta(seconds=body.forward_seconds), clinic_id_of(work, body.clinic)
    far = f"The clock of a clinic can be moved by {MAX_MOVED.days} days in all; make another clinic."
    work.change(
        MOVE_CLOCK,
        missed=lambda: Conflict(far),
        by_us=by // _MICROSECOND,
        most_us=MAX_MOVED // _MICROSECOND,
        clinic_id=clinic_id,
        id=clinic_id,
    )
    return MovedTime(
        now=work.now + by, access_tokens_ended=by >= ACCESS_TOKEN_LIFETIME, sign_ins_ended=by >= _SHORTEST_SIGN_IN
    )
