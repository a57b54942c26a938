"""Definitions of instruments: what is asked, how it is scored, and what a score means. A version never changes."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from integration_api.resources.measures.instruments.vocabulary import (
    Comparison,
    Direction,
    InstrumentKind,
    InstrumentState,
    Method,
    MissingRule,
    TextDistribution,
    Tool,
    Value,
    Verification,
)
from integration_api.web.schemas import Line, ReadSchema, Remark

MAX_ITEMS = 100
MAX_SCORES = 20
MAX_BANDS = 60
MAX_RULES = 40

OWN_PREFIX = "own_"
"""Begins the id of every instrument of a clinic, so that none has the name of one of the product."""
InstrumentId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}\.[a-z0-9_]{1,20}$")]
ScoreId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][a-z0-9_]{0,39}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Loinc = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,7}-[0-9]$")]
Points = Annotated[int, Field(ge=0, le=10_000)]


class AskedIf(ReadSchema):
    """An item that is asked after certain answers alone."""

    any_of: list[ItemId] = Field(min_length=1, max_length=20, description="The items that decide it.")
    answers: list[Word] = Field(min_length=1, max_length=5, description="One of them answered so.", examples=[["yes"]])


class Item(ReadSchema):
    """One question. `topic` is our own short word for it, never the official wording."""

    id: ItemId = Field(description="Its id, the same in every version.", examples=["phq9.1"])
    topic: Line = Field(description="Its topic, in a word or two.", examples=["interest"])
    min: Points | None = Field(description="The lowest answer; null: it is answered by a word.", examples=[0])
    max: Points | None = Field(description="The highest answer.", examples=[3])
    values: list[Word] | None = Field(description="The words that answer it; null: it is a number.", examples=[None])
    is_scored: bool = Field(description="Whether it counts in a score.", examples=[True])
    may_not_apply: bool = Field(description="Whether `na` is an answer.", examples=[False])
    asked_if: AskedIf | None = Field(description="When it is asked; null: always.")
    loinc: Loinc | None = Field(description="Its LOINC code, if that is verified.", examples=["44250-9"])

    @model_validator(mode="after")
    def _is_a_number_or_a_word(self) -> Self:
        if (self.values is None) == (self.min is None) or (self.min is None) != (self.max is None):
            msg = "an item has either min and max, or values"
            raise ValueError(msg)
        if self.min is not None and self.max is not None and self.min >= self.max:
            msg = "min must be below max"
            raise ValueError(msg)
        return self


class Missing(ReadSchema):
    """A rule for missing answers, with its number."""

    rule: MissingRule = Field(description="The rule.", examples=["prorated"])
    max_missing: int | None = Field(ge=0, le=MAX_ITEMS, description="The most that may be missing.", examples=[2])
    min_answered_percent: int | None = Field(
        ge=1, le=100, description="The least that must be answered, in percent.", examples=[80]
    )
    status: Verification = Field(description="The support of the rule.", examples=["background"])


class ScoreFactor(ReadSchema):
    """An exact fraction."""

    numerator: int = Field(ge=1, le=1000, description="Above the line.", examples=[4])
    denominator: int = Field(ge=1, le=1000, description="Below the line.", examples=[1])


class Cluster(ReadSchema):
    """Items of which some must be endorsed."""

    items: list[ItemId] = Field(min_length=1, max_length=MAX_ITEMS, description="Its items.", examples=[["pcl5.1"]])
    count: int = Field(ge=1, le=MAX_ITEMS, description="So many of them, or more.", examples=[1])


class ScoreDefinition(ReadSchema):
    """One score. Fields that its method does not use are null."""

    id: ScoreId = Field(description="Its name within the instrument.", examples=["total"])
    method: Method = Field(description="The way in which it is made.", examples=["sum"])
    items: list[str] | None = Field(
        max_length=MAX_ITEMS, description="The items, or for `all_at_least` the scores, that it is made of."
    )
    domains: list[list[ItemId]] | None = Field(
        max_length=MAX_SCORES, description="For `sum_of_domain_max`: the domains."
    )
    either_or: list[list[ItemId]] | None = Field(
        max_length=MAX_SCORES, description="Items of which one answer is enough, as one asks of less and one of more."
    )
    other_score: ScoreId | None = Field(description="For `linear`: the other score.", examples=[None])
    factor: ScoreFactor | None = Field(description="For `linear`: by how much it is multiplied.")
    clusters: list[Cluster] | None = Field(max_length=MAX_SCORES, description="For `clusters`: all of them.")
    at_least: Points | None = Field(
        description="For `clusters`: the answer that endorses; for `all_at_least`: the limit.", examples=[None]
    )
    tool: Tool | None = Field(description="For `triage`: whose rule.", examples=[None])
    min: Points | None = Field(description="The lowest value; null: it is no number.", examples=[0])
    max: Points | None = Field(description="The highest value.", examples=[27])
    missing: Missing | None = Field(description="The rule for missing answers; null: none of its own.")
    loinc: Loinc | None = Field(description="The LOINC code of the score, if that is verified.", examples=["44261-6"])
    source: Word | None = Field(description="Whence the method is; null: from the instrument itself.")
    status: Verification | None = Field(description="The support of the method; null: nothing is said of it.")


class Band(ReadSchema):
    """A range of a score with its name, both ends included."""

    score: ScoreId = Field(description="The score that it divides.", examples=["total"])
    label: Word = Field(description="Its own name.", examples=["moderate"])
    min: Points = Field(description="Its lowest value.", examples=[10])
    max: Points = Field(description="Its highest value.", examples=[14])
    source: Word | None = Field(description="Whence it is.", examples=["loinc"])
    status: Verification = Field(description="The support of the band.", examples=["verified"])


class Condition(ReadSchema):
    """One comparison of a rule."""

    value: Value = Field(description="The value that is compared.", examples=["percent_drop"])
    comparison: Comparison = Field(description="The way in which it is compared.", examples=["at_least"])
    limit: float = Field(ge=0, le=10_000, description="With what; of a published range, the default.", examples=[50])
    lowest_limit: float | None = Field(description="The lower end of the published range; null: there is none.")
    highest_limit: float | None = Field(description="The upper end of the published range.")
    or_baseline: bool = Field(description="Whether the baseline is the limit, if it is higher.", examples=[False])


class Cutoff(ReadSchema):
    """A value at which a score says something."""

    score: ScoreId = Field(description="The score that is looked at.", examples=["total"])
    when: Condition = Field(description="When it is met.")
    meaning: Line = Field(description="The meaning of that.", examples=["screen positive"])
    source: Word = Field(description="Whence the value is.", examples=["arroll2010"])
    status: Verification = Field(description="The support of the value.", examples=["verified"])


class ChangeRule(ReadSchema):
    """A rule about two scores of one person: response, remission, reliable change and the like."""

    id: Word = Field(description="The name of the rule.", examples=["response"])
    score: ScoreId = Field(description="The score of which two are compared.", examples=["total"])
    all_of: list[Condition] = Field(min_length=1, max_length=5, description="Met if all of these are.")
    note: Line | None = Field(description="A limit of the rule.")
    source: Word = Field(description="Whence the rule is.", examples=["hedis_drr"])
    status: Verification = Field(description="The support of the change rule.", examples=["verified"])


class DerivableFrom(ReadSchema):
    """A longer instrument that has the same items."""

    instrument: InstrumentId = Field(description="The longer instrument.", examples=["cadss"])
    items: list[ItemId] = Field(max_length=MAX_ITEMS, description="Its items, in the order of these.")


class Instrument(ReadSchema):
    """One version of an instrument."""

    id: InstrumentId = Field(description="Its id, for every version the same.", examples=["phq9"])
    version: int = Field(ge=0, description="Counts the versions of the definition.", examples=[1])
    name: Line = Field(description="Its full name.", examples=["Patient Health Questionnaire 9"])
    state: InstrumentState = Field(description="Whether the range of its items is known.", examples=["active"])
    kind: InstrumentKind = Field(description="The people who answer.", examples=["self_report"])
    measures: Line = Field(description="The thing that it measures.", examples=["depression"])
    direction: Direction = Field(description="Whether more is better.", examples=["higher_is_worse"])
    recall: Line = Field(description="The time that it asks about.", examples=["2 weeks"])
    recall_days: int | None = Field(description="The same in days; null: no fixed time.", examples=[14])
    off_window_days: int | None = Field(
        description="Asked again sooner than this, an answer is marked off-window.", examples=[7]
    )
    items: list[Item] = Field(min_length=1, max_length=MAX_ITEMS, description="The questions, in order.")
    scores: list[ScoreDefinition] = Field(min_length=1, max_length=MAX_SCORES, description="The scores, in order.")
    bands: list[Band] = Field(max_length=MAX_BANDS, description="Named ranges of its scores.")
    cutoffs: list[Cutoff] = Field(max_length=MAX_RULES, description="Values that say something.")
    changes: list[ChangeRule] = Field(max_length=MAX_RULES, description="Rules about two scores of one person.")
    derivable_from: DerivableFrom | None = Field(description="The longer instrument that gives its answers too.")
    notes: list[Remark] = Field(max_length=20, description="Cautions before its use.")
    text_distribution: TextDistribution = Field(description="Whether its wording may be handed out.", examples=["free"])
    licence_owner: Line = Field(description="Whose it is.", examples=["Pfizer"])
    licence_terms: Remark = Field(description="On what terms.", examples=["no permission required"])
    licence_source: Word | None = Field(description="Whence the terms are.", examples=["camcops_gad7"])
    licence_status: Verification = Field(description="The support of the terms.", examples=["verified"])
    default_remission: Word | None = Field(description="The rule of remission to show, of several.")
    answer_loinc: dict[str, str] | None = Field(description="The LOINC codes of the answers, by answer, if verified.")
    panel_loinc: Loinc | None = Field(description="The LOINC code of the whole, if that is verified.")
    loinc_status: Verification = Field(description="The support of its LOINC codes.", examples=["verified"])


class InstrumentSource(ReadSchema):
    """The place of a fact."""

    what: Line = Field(description="The text that was read.", examples=["Arroll 2010, 2,642 patients"])
    where: Remark = Field(description="The place of that text.", examples=["PMC2906530"])
    authority: Word = Field(description="The trust in it: `high`, `medium` or `low`.", examples=["high"])
