"""The documentation pages and the OpenAPI documents, served without any outside host."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Set
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from integration_api.web.openapi_documents import MAIN, file_name, page_of, split

_ASSETS = "/docs/assets"


def _assets_folder() -> Path:
    """Return the folder of the packaged Swagger UI; the package itself is not imported."""
    spec = find_spec("fastapi_offline")
    assert spec is not None  # noqa: S101  it is in the lock
    return Path((spec.submodule_search_locations or [""])[0]) / "static"


def routes(app: FastAPI, subjects: Mapping[str, Set[str]]) -> list[BaseRoute]:
    """Return `/`, and a page and a document for the main part and each subject: the only addresses without an Action.

    They hold no data. `subjects` names the tags of each document beside `openapi.json`.
    """

    @cache
    def document() -> dict[str, bytes]:
        parts = split(app.openapi(), subjects)
        return {name: bytes(JSONResponse(part).body) for name, part in parts.items()}

    async def openapi(request: Request) -> Response:
        made = await asyncio.to_thread(document)  # made once
        return Response(made[request.url.path.removeprefix("/")], media_type="application/json")

    async def root(_: Request) -> Response:
        return RedirectResponse("/docs")

    pages = {"/docs": MAIN, **{page_of(subject): file_name(subject) for subject in subjects}}
    return [
        Route("/", root, include_in_schema=False),
        *(Route(f"/{name}", openapi, include_in_schema=False) for name in pages.values()),
        *(Route(path, _page(app.title, name), include_in_schema=False) for path, name in pages.items()),
        Mount(_ASSETS, StaticFiles(directory=_assets_folder())),
    ]


def _page(title: str, name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers with the page of a document."""
    page = get_swagger_ui_html(
        openapi_url=f"/{name}",
        title=title,
        swagger_js_url=f"{_ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{_ASSETS}/swagger-ui.css",
        swagger_favicon_url=f"{_ASSETS}/favicon.png",
        swagger_ui_parameters={"persistAuthorization": False, "displayRequestDuration": True, "docExpansion": "none"},
    )

    async def answer(_: Request) -> Response:
        return HTMLResponse(bytes(page.body))

    return answer
