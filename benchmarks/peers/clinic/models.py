"""The product's tables, as far as they are needed. Their key is (clinic_id, id); every query gives both."""

from typing import Any

from django.db import models
from uuid_utils.compat import uuid7

from benchmarks.peers.rules import opened


class ClinicModel(models.Model):
    """A row of one clinic."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    clinic_id = models.UUIDField()

    class Meta:
        abstract = True
        managed = False


class Account(ClinicModel):
    """A person who signs in."""

    state = models.CharField(max_length=32)
    epoch = models.IntegerField()
    roles = models.TextField()
    patient_id = models.UUIDField(null=True)
    is_authenticated = True

    class Meta(ClinicModel.Meta):
        db_table = "accounts"


class SignIn(ClinicModel):
    """One sign-in on one device."""

    account_id = models.UUIDField()
    revoked_at = models.DateTimeField(null=True)

    class Meta(ClinicModel.Meta):
        db_table = "sign_ins"


class CareTeam(ClinicModel):
    """A grant of one member of staff to one patient."""

    patient_id = models.UUIDField()
    account_id = models.UUIDField()
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(ClinicModel.Meta):
        db_table = "care_team"


class VaultKey(ClinicModel):
    """The data key of one patient, wrapped."""

    wrapped_key = models.BinaryField()

    class Meta(ClinicModel.Meta):
        db_table = "vault_keys"


class Session(ClinicModel):
    """What a reflection may belong to."""

    patient_id = models.UUIDField()

    class Meta(ClinicModel.Meta):
        db_table = "sessions"


class Reflection(ClinicModel):
    """One entry of a patient. `wrapped_key` is annotated by the queries that read it."""

    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.IntegerField(default=1)
    patient_id = models.UUIDField()
    session_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=32)
    state = models.CharField(max_length=32, default="draft")
    sharing = models.CharField(max_length=32, default="private")
    release_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField(null=True)
    first_read_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by_id = models.UUIDField(null=True)
    edited_at = models.DateTimeField(null=True)
    content_number = models.IntegerField(default=0)
    content = models.BinaryField()
    monitoring = models.BinaryField(null=True)

    wrapped_key: bytes

    class Meta(ClinicModel.Meta):
        db_table = "reflections"

    def opened(self, column: str) -> Any:  # noqa: ANN401  any JSON
        """The plain value of a sealed column."""
        return opened(
            self.wrapped_key, self.clinic_id, self.patient_id, self.id, self.version, column, getattr(self, column)
        )

    @property
    def edited_since_review(self) -> bool:
        """Whether it says something else than what was reviewed."""
        return bool(self.reviewed_at and self.edited_at and self.edited_at > self.reviewed_at)


class Task(ClinicModel):
    """One thing that waits for one account."""

    account_id = models.UUIDField(null=True)
    patient_id = models.UUIDField()
    kind = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta(ClinicModel.Meta):
        db_table = "tasks"


class Ledger(ClinicModel):
    """Who did what to which subject of which chart. Rows are only added."""

    at = models.DateTimeField()
    event = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    outcome = models.CharField(max_length=32)
    reason = models.CharField(max_length=40, null=True)
    actor_id = models.UUIDField()
    actor_role = models.CharField(max_length=20, null=True)
    subject_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    is_private = models.BooleanField()
    request_id = models.CharField(max_length=64)

    class Meta(ClinicModel.Meta):
        db_table = "ledger"
