"""The documentation page and the OpenAPI document, served without any outside host."""

import asyncio
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

_ASSETS = "/docs/assets"


def _assets_folder() -> Path:
    """Return the folder of the packaged Swagger UI; the package itself is not imported."""
    spec = find_spec("fastapi_offline")
    assert spec is not None  # noqa: S101  it is in the lock
    return Path((spec.submodule_search_locations or [""])[0]) / "static"


def routes(app: FastAPI) -> list[BaseRoute]:
    """Return `/`, `/docs`, its assets and `/openapi.json`: the only addresses without an Action. They hold no data."""
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title=app.title,
        swagger_js_url=f"{_ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{_ASSETS}/swagger-ui.css",
        swagger_favicon_url=f"{_ASSETS}/favicon.png",
        swagger_ui_parameters={"persistAuthorization": False, "displayRequestDuration": True, "docExpansion": "none"},
    )

    async def docs(_: Request) -> Response:
        return HTMLResponse(bytes(page.body))

    @cache
    def document() -> bytes:
        return bytes(JSONResponse(app.openapi()).body)

    async def openapi(_: Request) -> Response:
        return Response(await asyncio.to_thread(document), media_type="application/json")  # made once

    async def root(_: Request) -> Response:
        return RedirectResponse("/docs")

    return [
        Route("/", root, include_in_schema=False),
        Route("/openapi.json", openapi, include_in_schema=False),
        Route("/docs", docs, include_in_schema=False),
        Mount(_ASSETS, StaticFiles(directory=_assets_folder())),
    ]
