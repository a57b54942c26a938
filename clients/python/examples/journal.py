"""A journal for the command line, with the client alone. It works offline: what is written is kept, and sent later.

python journal.py sign-in rowan.sample@example.org   (the password is asked for, or comes on standard input)
python journal.py write "The river was there again."
python journal.py list
python journal.py share last
python journal.py send
python journal.py help
"""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from integration_journal import (
    FOLLOWING,
    Account,
    Entry,
    FileTokens,
    Journal,
    JournalError,
    NotReached,
    NotSignedIn,
    OfflineQueue,
    Problem,
    Report,
    SecondFactorNeeded,
    models,
    now,
    operations,
)

HOME = Path(os.environ.get("JOURNAL_HOME", Path.home() / ".journal"))
URL = os.environ.get("JOURNAL_URL", "http://localhost:8000")


def say(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


def asked(prompt: str) -> str:
    """Ask for a secret, or read it from standard input if nobody sits there."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def signed_in(journal: Journal) -> Account:
    """Return the account of this device. Raises JournalError if nobody has signed in on it."""
    if journal.account is None:
        msg = "sign in first: journal.py sign-in ADDRESS"
        raise JournalError(msg)
    return journal.account


def sign_in(journal: Journal, email: str) -> None:
    """Sign in, with a second factor if the account has one."""
    password = asked("Password: ")
    try:
        journal.sign_in(email, password, device="command line")
    except SecondFactorNeeded:
        journal.sign_in(email, password, totp_code=asked("Code: "), device="command line")
    say("signed in")
    send(journal)


def write(journal: Journal, text: str) -> None:
    """Keep an entry on this device, then try to send it."""
    body = models.ReflectionCreate(text=text, captured_at=now())
    entry = journal.keep(operations.create_reflection(body))
    say(f"{entry.thing}  kept on this device, private")
    send(journal)


def share(journal: Journal, which: str) -> None:
    """Hand an entry in and let the care team read it. It works offline: the entry itself is sent first."""
    account = signed_in(journal)
    waiting = [entry for entry in journal.queue.entries(account) if entry.operation == "create_reflection"]
    if which == "last":
        which = str(waiting[-1].thing if waiting else next(of_mine(journal)).id)
    body, chosen = models.ReflectionSubmit(share=True), UUID(which)
    if any(entry.thing == chosen for entry in waiting):
        journal.keep(operations.submit_reflection(chosen, body, if_match=FOLLOWING))
        say(f"{which}  will be shared once it is sent")
        send(journal)
        return
    present = journal.send(operations.read_reflection(chosen))
    shared = journal.send(operations.submit_reflection(chosen, body, if_match=present.etag or "")).value
    say(f"{which}  shared")
    if shared.monitoring:
        say(shared.monitoring.text)


def of_mine(journal: Journal) -> Iterator[models.Reflection]:
    """Return the entries that the API has, newest first."""
    for one in journal.each(operations.list_reflections()):
        if isinstance(one, models.Reflection):
            yield one


def show(journal: Journal) -> None:
    """List what is kept here and not sent, then what the API has."""
    for entry in journal.queue.entries(signed_in(journal)):
        say(f"{entry.thing}  {place_of(entry)}  {text_of(entry)}")
    try:
        for one in of_mine(journal):
            place = "sent, private" if one.sharing == "private" else "read" if one.first_read_at else "shared"
            say(f"{one.id}  {place}  {one.text or ''}")
    except NotReached:
        say("offline: only what is on this device is shown")


def place_of(entry: Entry) -> str:
    """Return where an entry is, in plain words."""
    if entry.problem is None:
        return "on this device"
    return f"needs you: {entry.problem.detail}"


def text_of(entry: Entry) -> str:
    """Return the text of a write that is kept."""
    return str((entry.body or {}).get("text") or entry.operation)


def send(journal: Journal) -> None:
    """Send what is kept, and say what is left."""
    say(told(journal.send_kept()))


def told(report: Report) -> str:
    """Return a report in plain words."""
    if report.needs_sign_in:
        return f"{report.unsent} on this device; sign in to send"
    if report.needs_you:
        return f"{report.sent} sent, {report.unsent} on this device, of which {report.needs_you} need you: see list"
    return f"{report.sent} sent, {report.unsent} on this device" + ", no connection" * report.not_reached


def sign_out(journal: Journal) -> None:
    """Sign out on this device, also without a network."""
    try:
        journal.sign_out()
    except NotReached:
        say("signed out on this device; the API is told of it by the next `send` or `sign-in`")


def ask_for_help(journal: Journal) -> None:
    """Ask for help now: it is never refused without saying whom to call."""
    try:
        answer = journal.send(operations.ask_for_help()).value
    except NotSignedIn as unheard:
        say(str(unheard.members.get("text", unheard.detail)))
        return
    say(answer.text)


COMMANDS: dict[str, Callable[..., None]] = {
    "sign-in": sign_in,
    "write": write,
    "share": share,
    "list": show,
    "send": send,
    "help": ask_for_help,
    "sign-out": sign_out,
}


def main() -> int:
    """Do what the command line says. Returns 1 if it could not be done."""
    parser = argparse.ArgumentParser(description="A journal for the command line.")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("words", nargs="*", help="an address for sign-in, a text for write, an id or `last` for share")
    given = parser.parse_args()
    HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    store, queue = FileTokens(HOME / "tokens.json"), OfflineQueue(HOME / "queue.sqlite3")
    with Journal(URL, store=store, queue=queue) as journal:
        try:
            COMMANDS[given.command](journal, *given.words)
        except NotReached:
            say("offline: nothing is lost, try again later")
            return 1
        except Problem as problem:
            say(problem.detail)
            return 1
        except JournalError as error:
            say(str(error))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
