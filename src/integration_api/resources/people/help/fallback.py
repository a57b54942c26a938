"""The answer to a call for help if it reached nobody: the crisis lines, without the database."""

from starlette.responses import JSONResponse, Response

from integration_api.access.reading_tokens import clinic_named
from integration_api.access.runtime import Runtime
from integration_api.resources.attention.worklist.rules import Waiting
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.resources.people.help.schemas import HelpAnswer
from integration_api.resources.people.patients.monitoring_statements import crisis_sentence, told_nobody
from integration_api.web.errors import Member, Unauthenticated
from integration_api.web.problems import problem_response

_UNAUTHENTICATED = 401


class HelpNeedsSignIn(Unauthenticated):
    """Nobody was told, because the sign-in is missing or has ended; the crisis lines answer now."""

    code = "help-needs-sign-in"
    title = "Nobody was told"
    remedy = "Show `text` and `crisis_lines` at once, then sign in again and repeat the call."
    members = {
        "text": Member(
            str,
            "Advice for this moment, to be shown as it is.",
            "Nobody could be told. If you are in danger, call 911.",
        ),
        "crisis_lines": Member(
            list[str], "Those who answer now, emergency services first.", ["911: Emergency services"]
        ),
    }


def help_without_anybody(runtime: Runtime, authorization: str, request_id: str, status: int) -> Response:
    """Return the crisis lines of the clinic's country, if this process knows it, and say that nobody was told."""
    clinic_id = clinic_named(runtime, authorization)
    country = runtime.countries.get(clinic_id, "*") if clinic_id else "*"
    text, lines = f"{told_nobody()} {crisis_sentence(country, is_urgent=True)}", list(crisis_resources(country))
    if status == _UNAUTHENTICATED:
        refused = HelpNeedsSignIn()
        refused.extra = {"text": text, "crisis_lines": [f"{line['contact']}: {line['name']}" for line in lines]}
        return problem_response(refused, request_id)
    answer = HelpAnswer(
        told=Waiting.NOBODY.value,
        answer_by=None,
        next_step=None,
        text=text,
        clinic_phone=None,
        clinic_is_open=False,
        clinic_opens_at=None,
        crisis_resources=lines,
    )
    return JSONResponse(answer.model_dump(mode="json"))
