"""One of everything: each resource has a file here, which plants its things and asks for its operations.

A file is named after its resource's folder and is found by that name. It is planted after those of the resources
that the product lists before it. So a new resource adds one file, and changes none.
"""

from importlib import import_module
from pathlib import Path

from integration_api.app import action_routes
from tests.scene.requests import OPERATIONS, Request, first_case, send, succeed, succeed_all
from tests.scene.scene import Scene, canary

__all__ = ["OPERATIONS", "Request", "Scene", "canary", "first_case", "noun_of", "send", "succeed", "succeed_all"]


def noun_of(module: str) -> str:
    """Return the resource that a module of the product belongs to, as `notes`."""
    return module.removesuffix(".router").rpartition(".")[2]


for _noun in dict.fromkeys(noun_of(route.endpoint.__module__) for route in action_routes()):
    if (Path(__file__).parent / f"{_noun}.py").exists():  # else `test_scene.py` says what is missing
        import_module(f"tests.scene.{_noun}")
