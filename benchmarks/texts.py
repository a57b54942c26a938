"""Invented texts, the same for the same seed: what patients of the benchmark write, about 2 KB each."""

import json
from random import Random

from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.prompts import prompt_sets

BODIES = 512
TEXT_BYTES = 2_000
_ANSWERS = 4
_WRITTEN = (
    "the lake was still and so was i when a door opened in the wall of the old garden house where light came "
    "slowly down like water over stones while my hands felt warm heavy calm far away then near again as if "
    "somebody had put the evening into a small wooden box and asked me to carry it home without hurry past "
    "every window that i used to know before it became quiet"
)
_WORDS = _WRITTEN.split()
_TAGS = ("lake", "body", "family", "sleep", "nature", "music", "work", "light")

PROMPT_SET = prompt_sets()[0]
_PROMPTS = [prompt.id for prompt in PROMPT_SET.prompts]


def contents(seed: int) -> list[Content]:
    """512 contents of prompted reflections."""
    random = Random(seed)  # noqa: S311  invented texts, no secret
    return [_content(random) for _ in range(BODIES)]


def create_bodies(seed: int) -> list[dict[str, object]]:
    """512 bodies of `POST /v1/reflections`, with the fields that a phone sends."""
    random = Random(seed + 1)  # noqa: S311  as above
    return [
        {
            "kind": "text",
            "text": _text(random, TEXT_BYTES),
            "ratings": {"mood": random.randint(0, 10), "anxiety": random.randint(0, 10), "sleep": 7},
            "tags": random.sample(_TAGS, 2),
            "safety": "safe",
            "captured_at": "2026-11-20T22:10:00+01:00",
        }
        for _ in range(BODIES)
    ]


def encoded(value: object) -> bytes:
    """As the product encodes what it seals."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _content(random: Random) -> Content:
    return {
        "text": None,
        "prompt_set": PROMPT_SET.id,
        "prompt_set_version": PROMPT_SET.version,
        "answers": [
            {"prompt_id": prompt_id, "text": _text(random, TEXT_BYTES // _ANSWERS)} for prompt_id in _PROMPTS[:_ANSWERS]
        ],
        "ratings": {
            "mood": random.randint(0, 10),
            "anxiety": random.randint(0, 10),
            "energy": random.randint(0, 10),
            "sleep": None,
            "connection": random.randint(0, 10),
            "distress": random.randint(0, 10),
        },
        "tags": random.sample(_TAGS, 2),
        "insights": [{"id": f"019ab0de-0000-7000-8000-{random.getrandbits(48):012x}", "text": _text(random, 60)}],
        "safety": "safe",
        "contact_me": False,
    }


def _text(random: Random, length: int) -> str:
    words: list[str] = []
    found = 0
    while found < length:
        words.append(random.choice(_WORDS))
        found += len(words[-1]) + 1
    return " ".join(words)[:length].rstrip()
