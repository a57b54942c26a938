"""The served demo clinic as the tests ask it, past the front end: what is stored, and what staff do meanwhile."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from integration_api.core.ids import new_id
from tests.browser.members import PASSWORD, Json, Member, Staff
from tests.processes import enter_run, free_port
from tests.serving import Server, command, environment

ROWAN, WREN, JUNIPER = "rowan.sample@example.org", "wren.invented@example.org", "juniper.mock@example.org"
ASH = "ash.fictional@example.org"
NOOR = "noor.placeholder@example.org"
ADA, MILO = "ada.keeper@example.org", "milo.ledger@example.org"
LINDEN = "linden.otherwhere@example.org"
IMANI, GRETA, TOBIAS = "imani.vale@example.org", "greta.specimen@example.org", "tobias.example@example.org"


class Clinic:
    """The server, who is signed in past the front end, and the port of a page of another origin that is named to it."""

    def __init__(self, server: Server, page_port: int) -> None:
        self.server, self.page_port = server, page_port
        self._members: dict[str, Member] = {}
        self._staff: dict[str, Staff] = {}

    @property
    def root(self) -> str:
        """Its address: by name, as passkeys need it."""
        return f"http://localhost:{self.server.port}"

    def member(self, email: str) -> Member:
        """A patient of the demo, signed in once for the run."""
        if email not in self._members:
            self._members[email] = Member(self.root, email)
        return self._members[email]

    def staff(self, email: str) -> Staff:
        """A member of staff of the demo, signed in once for the run: a code works once."""
        if email not in self._staff:
            self._staff[email] = Staff(self.root, email)
        return self._staff[email]

    def end_sign_ins(self, email: str) -> None:
        """End every sign-in of a patient, on every device."""
        member = self._members.pop(email, None) or Member(self.root, email)
        member.ask("DELETE", "/me/sign-ins")
        member.close()

    def close(self) -> None:
        """Close every connection."""
        for member in (*self._members.values(), *self._staff.values()):
            member.close()


def make_demo(name: str) -> Path:
    """Make a demo clinic in a folder of this name, which nobody serves."""
    folder = enter_run() / "tmp" / name
    env = environment(folder)
    made = command("demo", env=env)
    assert made.returncode == 0, made.stderr
    assert "/phone/" in made.stdout, "the demo says where the front ends are"
    sealed = command("ledger", "seal", env=env)
    assert sealed.returncode == 0, sealed.stderr
    return folder


@contextmanager
def served_copy(of: Path, name: str, **more: str) -> Iterator[Clinic]:
    """Serve a copy of a folder: what is written there no other test sees. `more` are settings of its own."""
    folder, port, page_port = of.with_name(name), free_port(), free_port()
    shutil.copytree(of, folder, ignore=shutil.ignore_patterns("server.log"))
    env = environment(
        folder,
        INTEGRATION_API_PASSKEY_ORIGINS=f"http://localhost:{port}",
        INTEGRATION_API_SEAL_SECONDS="1",
        INTEGRATION_API_BROWSER_ORIGINS=f"http://127.0.0.1:{page_port}",
        **more,
    )
    server = Server(env)
    server.port = port
    server.env["INTEGRATION_API_PORT"] = str(port)
    server.start()
    clinic = Clinic(server, page_port)
    try:
        yield clinic
    finally:
        clinic.close()
        server.stop()


def marker(words: str) -> str:
    """A text that no other test writes."""
    return f"{words} {new_id()}"


__all__ = [
    "ADA",
    "ASH",
    "GRETA",
    "IMANI",
    "JUNIPER",
    "LINDEN",
    "MILO",
    "NOOR",
    "PASSWORD",
    "ROWAN",
    "TOBIAS",
    "WREN",
    "Clinic",
    "Json",
    "marker",
]
