"""A clinic's own entry of the strategy library, and the kinds of strategies there are."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class StrategyCategory(StrEnum):
    """The kinds of strategies. Source: clinical.md section 4."""

    GROUNDING_SENSORY = "grounding_sensory"
    PACED_BREATHING = "paced_breathing"
    PROGRESSIVE_RELAXATION = "progressive_relaxation"
    MINDFULNESS_MEDITATION = "mindfulness_meditation"
    SELF_COMPASSION = "self_compassion"
    COGNITIVE_REFRAMING = "cognitive_reframing"
    DEFUSION = "defusion"
    EMOTION_LABELING = "emotion_labeling"
    DISTRESS_TOLERANCE = "distress_tolerance"
    BEHAVIOURAL_ACTIVATION = "behavioural_activation"
    SLEEP_HYGIENE = "sleep_hygiene"
    MOVEMENT_EXERCISE = "movement_exercise"
    YOGA_SOMATIC = "yoga_somatic"
    NUTRITION_HYDRATION = "nutrition_hydration"
    NATURE_CONTACT = "nature_contact"
    CREATIVE_EXPRESSION = "creative_expression"
    MUSIC = "music"
    JOURNALING = "journaling"
    SOCIAL_CONNECTION = "social_connection"
    PROFESSIONAL_SUPPORT = "professional_support"
    SPIRITUAL_RITUAL = "spiritual_ritual"
    VALUES_ACTION = "values_action"
    GRADED_EXPOSURE = "graded_exposure"
    BOUNDARY_SETTING = "boundary_setting"
    SUBSTANCE_AVOIDANCE = "substance_avoidance"
    DIGITAL_HYGIENE = "digital_hygiene"
    PROBLEM_SOLVING = "problem_solving"
    MEANS_SAFETY = "means_safety"
    OTHER = "other"


class LibraryState(StrEnum):
    """The life of a version. Strategies that were made of one keep it."""

    ACTIVE = "active"
    REPLACED = "replaced"
    RETIRED = "retired"


class LibraryRow(VersionedRow):
    """One version of an entry. It belongs to no chart: its text is encrypted under the clinic's key.

    Its content never changes. Older rows have neither family nor number: each is the first of its own.
    """

    category: StrategyCategory = Field(sa_type=enum_type(StrategyCategory))
    title: str = Field(sa_type=EncryptedText)
    description: str | None = Field(default=None, sa_type=EncryptedText)
    if_cue: str = Field(sa_type=EncryptedText)
    then_action: str = Field(sa_type=EncryptedText)
    created_by_id: UUID
    family_id: UUID | None = None
    """The first version, for all versions of an entry."""
    number: int | None = None
    replaces_id: UUID | None = None
    replaced_at: datetime | None = None
    retired_at: datetime | None = None


class LibraryTable(LibraryRow, table=True):
    """Listed by clinic, newest first."""

    __tablename__ = "strategy_library"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_strategy_library_list", "clinic_id", "created_at", "id"),
        sa.Index("ix_strategy_library_category", "clinic_id", "category", "created_at", "id"),
    )
