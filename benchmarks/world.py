"""The invented clinics of a benchmark: who works there, who is treated by whom, and everybody's keys."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from benchmarks.filling import Filling
from integration_api.access.actor import Role
from integration_api.access.bindings import Bindings
from integration_api.access.tables import (
    AccountState,
    AccountTable,
    CareTeamBasis,
    CareTeamRole,
    CareTeamTable,
    ClinicTable,
    SignInTable,
)
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.tables import VaultKeyTable
from integration_api.storage.vault import NOBODY, DataKey, Vault

MASTER_KEY = bytes(range(32))
MASTER_KEY_TEXT = base64.b64encode(MASTER_KEY).decode()
"""Everybody knows it: the data of the benchmark is invented."""

CLINICS, THERAPISTS, PATIENTS, DAYS = 5, 50, 2_000, 400
SEEDED = timedelta(days=DAYS + 1, minutes=30)
"""From the making of the clinics until after the last row of the seed; what is later was added by a run."""
TIME_ZONE, COUNTRY = "America/New_York", "US"
HOURS = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def bench_vault() -> Vault:
    """The vault of every benchmark database."""
    vault = Vault(MASTER_KEY)
    vault.unlock_with(MASTER_KEY)  # the root that `World` stores: known, so that every program of a run derives alike
    return vault


def timed_id(at: datetime, random: Random) -> UUID:
    """A UUID of version 7 for an instant (RFC 9562)."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | random.getrandbits(12) << 64 | 2 << 62 | random.getrandbits(62))


@dataclass(frozen=True, slots=True)
class Chart:
    """One patient and who treats them."""

    clinic_id: UUID
    id: UUID
    account_id: UUID
    therapist_id: UUID


class World:
    """The people: made first, few enough to be held in memory."""

    def __init__(self, vault: Vault, seed: int, until: datetime) -> None:
        """Everybody came the day before the first reflection."""
        self.random = Random(seed)  # noqa: S311  invented data, no secret
        self.vault, self.seed, self.until = vault, seed, until
        self.bindings = Bindings(vault.derive("binding"))
        self.start = until - timedelta(days=DAYS)
        self.came = self.start - timedelta(days=1)
        self.keys: dict[UUID, DataKey] = {}
        self.clinics = [self.id() for _ in range(CLINICS)]
        self.therapists = [(self.clinics[at % CLINICS], self.id()) for at in range(THERAPISTS)]
        self.charts = [
            Chart(self.therapists[at % THERAPISTS][0], self.id(), self.id(), self.therapists[at % THERAPISTS][1])
            for at in range(PATIENTS)
        ]

    def id(self) -> UUID:
        """An id of the day everybody came."""
        return timed_id(self.came, self.random)

    async def add_to(self, filling: Filling) -> None:
        """Everybody, and what makes them able to sign in and be seen."""
        owners = [(c, c) for c in self.clinics] + [(c.clinic_id, c.id) for c in self.charts]
        root = self.vault._wrap(MASTER_KEY, NOBODY, NOBODY)
        keys = [{"clinic_id": NOBODY, "id": NOBODY, "wrapped_key": root, "created_at": self.came}]
        keys += [self._key(clinic_id, owner_id) for clinic_id, owner_id in owners]
        await filling.add(VaultKeyTable, keys, {})
        await filling.add(ClinicTable, [self._clinic(at, clinic_id) for at, clinic_id in enumerate(self.clinics)], {})
        await filling.add(PatientTable, [self._patient(at, chart) for at, chart in enumerate(self.charts)], self.keys)
        staff = [self._account(c, a, Role.THERAPIST, name="Imani Vale") for c, a in self.therapists]
        patients = [self._account(c.clinic_id, c.account_id, Role.PATIENT, patient_id=c.id) for c in self.charts]
        await filling.add(AccountTable, staff + patients, self.keys)
        await filling.add(SignInTable, [self._sign_in(row) for row in staff + patients], {})
        await filling.add(CareTeamTable, [self._grant(chart) for chart in self.charts], {})

    def _versioned(self, clinic_id: UUID, row_id: UUID) -> dict[str, Any]:
        return {
            "clinic_id": clinic_id,
            "id": row_id,
            "created_at": self.came,
            "updated_at": self.came,
            "version": 1,
        }

    def _key(self, clinic_id: UUID, owner_id: UUID) -> dict[str, Any]:
        wrapped = self.vault.new_key(clinic_id, owner_id)
        self.keys[owner_id] = self.vault.unwrap(wrapped, clinic_id, owner_id)
        return {"clinic_id": clinic_id, "id": owner_id, "wrapped_key": wrapped, "created_at": self.came}

    def _clinic(self, at: int, clinic_id: UUID) -> dict[str, Any]:
        return self._versioned(clinic_id, clinic_id) | {
            "slug": f"bench-{at}",
            "name": f"Bench House {at}",
            "time_zone": TIME_ZONE,
            "country": COUNTRY,
            "hours": HOURS,
            "policies": {},
            **dict.fromkeys(("owner_id", "phone", "address", "emergency_instruction")),
        }

    def _patient(self, at: int, chart: Chart) -> dict[str, Any]:
        return (
            dict.fromkeys(PatientTable.model_fields)
            | self._versioned(chart.clinic_id, chart.id)
            | {
                "name": f"Rowan Sample {at}",
                "birth_on": "1990-01-31",
                "email": f"patient-{at}@example.org",
                "time_zone": TIME_ZONE,
                "created_by_id": chart.therapist_id,
            }
        )

    def _account(
        self, clinic_id: UUID, account_id: UUID, role: Role, name: str | None = None, patient_id: UUID | None = None
    ) -> dict[str, Any]:
        email = f"{account_id}@example.org"
        row = self._versioned(clinic_id, account_id) | {
            "state": AccountState.ACTIVE,
            "epoch": 1,
            "roles": [role.value],
            "patient_id": patient_id,
            "name": name,
            "credential": "LMFT" if name else None,
            "email": email if name else None,
            "email_index": self.vault.blind_index("email", email),
            "password_hash": "unused",
            "scopes": None,
            "supervised_by": None,
            "successor_id": None,
            "licence_region": None,
            "licence_ends_on": None,
        }
        return row | {"binding": self.bindings.of("accounts", row)}

    def _sign_in(self, account: dict[str, Any]) -> dict[str, Any]:
        row = {
            "clinic_id": account["clinic_id"],
            "id": self.id(),
            "account_id": account["id"],
            "rotation": 0,
            "label": None,
            "created_at": self.came,
            "refreshed_at": self.came,
            "expires_at": self.until + timedelta(days=DAYS),
            "proved_at": self.came,
            "is_strong": True,
            "revoked_at": None,
        }
        return row | {"binding": self.bindings.of("sign_ins", row)}

    def _grant(self, chart: Chart) -> dict[str, Any]:
        return self._versioned(chart.clinic_id, self.id()) | {
            "patient_id": chart.id,
            "account_id": chart.therapist_id,
            "role": CareTeamRole.THERAPIST,
            "basis": CareTeamBasis.TEAM,
            "started_at": self.came,
            "ends_at": None,
            "ended_at": None,
        }
