"""The address of each screen of each front end, for tests that visit all; another compares it with the sources."""

import re
from collections.abc import Mapping
from pathlib import Path

FRONT_ENDS = Path(__file__).parents[2] / "frontends"

DESK: Mapping[str, str] = {
    "": "",
    "patients": "patients",
    "chart": "chart/{patient}",
    "dosing": "dosing/{dosing}",
    "note": "note/{note}",
    "reflection": "reflection/{reflection}",
    "plan": "plan/{plan}",
    "summaries": "summaries/{patient}",
    "summary": "summary/{summary}",
    "new-summary": "new-summary/{patient}",
    "split-care": "split-care/{patient}",
    "shared-care": "shared-care",
    "shared-chart": "shared-chart/{agreement}",
    "goals": "goals/{patient}",
    "threads": "threads/{patient}",
    "check-ins": "check-ins/{patient}",
    "answers": "answers/{patient}",
    "answer": "answer/{answer}",
    "interview": "interview/{patient}/phq9",
    "safety-plan": "safety-plan/{patient}",
    "disclosures": "disclosures/{patient}",
    "own-notes": "own-notes/{patient}",
    "own-note": "own-note/{own_note}",
    "supply": "supply/{patient}",
    "lab": "lab/{patient}",
    "remote": "remote/{at_home}",
    "request": "request/{change}",
    "requests": "requests/{patient}",
    "copy": "copy/{copy}",
    "stock": "stock",
    "register": "stock/{container}",
    "flags": "flags/{patient}",
    "flag": "flag/{flag}",
    "flag-times": "flag-times",
    "roster": "roster",
    "consents": "consents/{patient}",
    "documents": "documents",
    "safeguarding": "safeguarding",
    "templates": "templates",
    "groups": "groups",
    "group": "group/{group}",
    "messages": "messages",
    "clinic": "clinic",
    "you": "you",
}
"""The address of each room of the desk, with the ids that it needs."""

PHONE: Mapping[str, str] = {
    "": "",
    "help": "help",
    "sign-in": "sign-in",
    "code": "code",
    "capture": "capture",
    "observer": "observer",
    "write": "write/new",
    "share": "share/{entry}",
    "entries": "entries",
    "entry": "entry/{entry}",
    "waiting": "waiting",
    "plans": "plans",
    "plan": "plan/{plan}",
    "practise": "practise/{strategy}",
    "check-in": "check-in/{window}",
    "safety-plan": "safety-plan",
    "messages": "messages",
    "summaries": "summaries",
    "summary": "summary/{summary}",
    "write-summary": "write-summary/new",
    "goals": "goals",
    "threads": "threads",
    "notes": "notes",
    "note": "note/{note}",
    "count": "count",
    "access": "access",
    "more": "more",
    "my-copy": "my-copy",
    "consents": "consents",
    "consent": "consent/{document}",
    "telling": "telling",
    "measure": "measure/own_sleep",
    "who": "who/entry/{entry}",
}

ADMIN: Mapping[str, str] = {
    "": "",
    "people": "people",
    "person": "person/{person}",
    "roster": "roster",
    "clinic": "clinic",
    "policies": "policies",
    "instruments": "instruments",
    "instrument": "instrument/phq9",
    "prompts": "prompts",
    "records": "records",
    "ledger": "ledger",
    "backups": "backups",
    "notices": "notices",
    "holds": "holds",
    "hold": "hold/{patient}",
    "research": "research",
    "study": "study/{study}",
    "programs": "programs",
    "accounts": "accounts",
    "webhooks": "webhooks",
    "webhook": "webhook/{webhook}",
    "you": "you",
}
TABLES = {"desk": DESK, "phone": PHONE, "admin": ADMIN}

_TABLE = re.compile(r"^const (?:ROOMS|LOADS|LATER)\b.*?= \{\n(.*?)^\};", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r'^ {2}"?([a-z][a-z-]*)"?: ', re.MULTILINE)
_CASE = re.compile(r'^ {4}case "([a-z-]+)":', re.MULTILINE)
_BEFORE = re.compile(r'\bname === "([a-z-]+)"')


def names_in_source(app: str) -> set[str]:
    """The name of every screen that the sources of a front end can show; "" is the one that stands for all others."""
    folder = FRONT_ENDS / app / "src"
    inside = (folder / "screens" / "inside.tsx").read_text("utf-8")
    (table,) = _TABLE.findall(inside)
    found = {"", *_KEY.findall(table), *_CASE.findall(inside)}
    if app == "phone":
        found |= {*_BEFORE.findall((folder / "app.tsx").read_text("utf-8"))}
    return found
