"""The rules of the yes/no tools: a level, and how far it was reached if an answer is missing.

Sources: `nimh_asq`, `cssrs_triage` in `definitions.json`.
"""

from collections.abc import Callable, Mapping

from integration_api.resources.measures.instruments.vocabulary import Tool

Answers = Mapping[str, str | None]
INCOMPLETE = "incomplete"
_ASQ_FIRST = ("asq.1", "asq.2", "asq.3", "asq.4")
_POSITIVE = ("yes", "refused")


def asq(answers: Answers) -> tuple[str, str | None]:
    """Return the result. To refuse counts as yes, which is a policy."""
    first = [answers.get(name) for name in _ASQ_FIRST]
    now = answers.get("asq.5")
    if now in _POSITIVE:  # whatever came before it
        return "acute_positive", None
    if any(answer in _POSITIVE for answer in first):
        if now is None:
            return INCOMPLETE, "non_acute_positive"
        return "non_acute_positive", None
    return (INCOMPLETE, "negative") if None in first else ("negative", None)


def cssrs_screener(answers: Answers) -> tuple[str, str | None]:
    """Return the risk. A question that had to be asked and has no answer never lowers a level that was reached."""

    def is_yes(name: str) -> bool:
        return answers.get(f"cssrs.{name}") == "yes"

    if is_yes("4") or is_yes("5") or is_yes("6_3mo"):
        return "high", None
    reached = "moderate" if is_yes("3") or is_yes("6") else "low" if is_yes("1") or is_yes("2") else "none"
    asked = ["1", "2", "6", *(["3", "4", "5"] if is_yes("2") else []), *(["6_3mo"] if is_yes("6") else [])]
    if any(answers.get(f"cssrs.{name}") is None for name in asked):
        return INCOMPLETE, reached
    return reached, None


RULES: Mapping[Tool, Callable[[Answers], tuple[str, str | None]]] = {
    Tool.ASQ: asq,
    Tool.CSSRS_SCREENER: cssrs_screener,
}
"""The rule of each tool."""
