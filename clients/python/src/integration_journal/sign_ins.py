"""Signing in, proving again and signing out, without a network.

A sign-out is noted on the disk before the API is told, since the device may have no network, or lose its power. What is
noted is told before the next sign-in, and with each pass of the offline queue.
"""

from dataclasses import replace

from integration_journal import models, operations
from integration_journal.answers import answer_to
from integration_journal.codes import Code
from integration_journal.core import Core, nobody, tokens_of
from integration_journal.problems import AccountChanged, JournalError, NotReached, NotSignedIn, Problem
from integration_journal.requests import Json
from integration_journal.steps import Steps, call
from integration_journal.tokens import Account, Kept, SignOut, Tokens, device_of


def signing_in(core: Core, email: str, password: str, **more: str | None) -> Steps[Account]:
    """Sign in, and return the account. Tells the sign-outs of this device first. Raises NotReached, NotSignedIn."""
    yield from telling(core)
    name = device_of(email)
    given = {"email": email, "password": password, **more, "device_token": core.kept.devices.get(name)}
    body = models.SignIn.model_validate({key: value for key, value in given.items() if value is not None})
    pair = (yield from core.answer(operations.sign_in(body))).value
    account, devices = Account(str(pair.account_id)), {name: pair.device_token} if pair.device_token else {}
    yield from core.stored(lambda kept: kept.begun(account, tokens_of(pair), devices), pair.expires_in)
    yield from _told_if_reached(core)
    return (yield from _whole(core, account))


def _whole(core: Core, account: Account) -> Steps[Account]:
    """Return the account with its clinic and chart; as it is, if the network went away just now."""
    try:
        me = (yield from core.answer(operations.read_me())).value
    except NotReached:
        return account
    whole = Account(str(me.id), str(me.clinic_id), str(me.patient_id) if me.patient_id else None)
    yield from core.stored(lambda kept: replace(kept, account=whole) if kept.account == account else kept)
    return whole


def stepping_up(core: Core, totp_code: str | None, password: str | None, credential: Json | None) -> Steps[None]:
    """Prove again who this is, and take the access token of that beside the newest refresh token, which stays."""
    given = {"totp_code": totp_code, "password": password, "credential": credential}
    body = models.StepUp.model_validate({key: value for key, value in given.items() if value is not None})
    account = core.account
    got = (yield from core.answer(operations.step_up(body))).value

    def proved(kept: Kept) -> Kept:
        if kept.tokens is None or account is None or kept.account is None:
            raise nobody()
        if kept.account.account_id != account.account_id:
            raise AccountChanged
        return replace(kept, tokens=replace(kept.tokens, access=got.access_token))

    yield from core.stored(proved, got.expires_in)


def signing_out(core: Core) -> Steps[None]:
    """Sign out on this device at once, then tell the API. Raises NotReached if that has to wait."""
    yield from call(core.leave)
    yield from telling(core)


def telling(core: Core) -> Steps[None]:
    """Tell the API of the sign-outs that it has not heard of. Raises NotReached, Problem if it may succeed later."""
    noted = (yield from call(core.store.load)).untold
    for one in noted:
        yield from _tell(core, one)


def _told_if_reached(core: Core) -> Steps[None]:
    """Tell the API; another time, if it cannot be told now."""
    try:
        yield from telling(core)
    except JournalError:
        return


def _tell(core: Core, noted: SignOut) -> Steps[None]:
    """End a sign-in at the API. If its access token is over, its refresh token still stands, and gives the next one."""
    tokens = noted.tokens
    try:
        if not (yield from _is_ended(core, tokens)):
            tokens = yield from _next(core, tokens)
            yield from _is_ended(core, tokens)
    except Problem as problem:
        if problem.is_temporary:
            raise  # what is refused for good would be refused for ever
    told = tokens
    yield from core.stored(lambda kept: kept.told(told))


def _is_ended(core: Core, tokens: Tokens) -> Steps[bool]:
    """Return whether the API has ended the sign-in of these tokens; False if the access token is over."""
    try:
        yield from core.once(operations.sign_out(), tokens)
    except NotSignedIn as problem:
        return problem.code == Code.SIGN_IN_ENDED
    return True


def _next(core: Core, spent: Tokens) -> Steps[Tokens]:
    """Exchange the tokens of a sign-out, and note the next ones before they are used."""
    request = operations.refresh_tokens(models.Refresh(refresh_token=spent.refresh))
    response = yield from core.once(request, None)
    tokens = tokens_of(answer_to(request, response).value)
    yield from core.stored(lambda kept: kept.renewed(spent, tokens))
    return tokens
