"""The words of a definition: kinds, methods, rules, and how well a fact is supported."""

from enum import StrEnum


class Verification(StrEnum):
    """The support of a fact.

    `verified`: two independent sources, or one of high authority. `policy`: a default of this product.
    """

    VERIFIED = "verified"
    SINGLE_SOURCE = "single_source"
    BACKGROUND = "background"
    POLICY = "policy"
    NONE_FOUND = "none_found"


class InstrumentKind(StrEnum):
    """Whose answers they are."""

    SELF_REPORT = "self_report"
    CLINICIAN_RATED = "clinician_rated"
    CLINICIAN_ADMINISTERED_SELF_REPORT = "clinician_administered_self_report"
    INTERVIEW_OR_SELF_REPORT = "interview_or_self_report"


class Direction(StrEnum):
    """Whether a higher score is good news."""

    HIGHER_IS_WORSE = "higher_is_worse"
    HIGHER_IS_BETTER = "higher_is_better"
    NONE = "none"


class InstrumentState(StrEnum):
    """`provisional`: the range of its items is not verified. Each other fact tells its own support."""

    ACTIVE = "active"
    PROVISIONAL = "provisional"


class TextDistribution(StrEnum):
    """Whether the official wording may be handed out. It is imported by each clinic in every case."""

    FREE = "free"
    NONCOMMERCIAL = "noncommercial"
    ASK = "ask"
    LICENCE = "licence"


class Method(StrEnum):
    """The method of a score.

    `sum` of items. `linear`: another score times a factor. `mean_percent`: the mean of items in percent of their
    maximum. `sum_of_domain_max`: the highest item of each domain. `clusters`: enough endorsed items in each cluster.
    `all_at_least`: each of several scores reaches a limit. `triage`: the rule of a yes/no tool.
    """

    SUM = "sum"
    LINEAR = "linear"
    MEAN_PERCENT = "mean_percent"
    SUM_OF_DOMAIN_MAX = "sum_of_domain_max"
    CLUSTERS = "clusters"
    ALL_AT_LEAST = "all_at_least"
    TRIAGE = "triage"


class MissingRule(StrEnum):
    """The rule for missing answers.

    `prorated`: the sum of the others, scaled up, half up. `lower_bound`: the sum of the others, said to be one.
    `mean_of_answered`: their mean stands for all. `each_domain_answered`: one answer a domain is enough.
    """

    NONE_MAY_MISS = "none_may_miss"
    PRORATED = "prorated"
    LOWER_BOUND = "lower_bound"
    MEAN_OF_ANSWERED = "mean_of_answered"
    EACH_DOMAIN_ANSWERED = "each_domain_answered"


class Tool(StrEnum):
    """The yes/no tools that are scored by a rule of their own."""

    ASQ = "asq"
    CSSRS_SCREENER = "cssrs_screener"


class Value(StrEnum):
    """The value that a rule looks at.

    `drop` is baseline minus current, `abs_change` its size, `percent_drop` the drop in percent of the baseline.
    """

    SCORE = "score"
    BASELINE = "baseline"
    CURRENT = "current"
    DROP = "drop"
    ABS_CHANGE = "abs_change"
    PERCENT_DROP = "percent_drop"


class Comparison(StrEnum):
    """The comparison of a rule."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BELOW = "below"
    ABOVE = "above"
