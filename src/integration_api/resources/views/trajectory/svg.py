"""SVG: elements made by the XML writer of the standard library, one fixed style, and the response (ADR 62)."""

import base64
import hashlib
from xml.etree import ElementTree as Xml

from starlette.responses import Response

STYLE = """
.tj{--page:#fff;--ink:#1c2530;--quiet:#55616d;--grid:#dbe1e7;--tint:#3d5a80;--score:#0b5cad;--dose:#a03c12}
@media (prefers-color-scheme:dark){
.tj{--page:#14181d;--ink:#e8ebee;--quiet:#a9b3bd;--grid:#323b45;--tint:#9db8dc;--score:#7cb7ff;--dose:#ffb37a}}
@media print{
.tj{--page:#fff;--ink:#1c2530;--quiet:#55616d;--grid:#dbe1e7;--tint:#3d5a80;--score:#0b5cad;--dose:#a03c12}}
.tj{max-width:100%;height:auto;font:12px system-ui,sans-serif;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.tj text{fill:var(--ink);font:12px system-ui,sans-serif}
.tj .page{fill:var(--page)}
.tj .name{font-size:15px;font-weight:600}
.tj .quiet{fill:var(--quiet)}
.tj .strong{font-weight:700}
.tj .halo{paint-order:stroke;stroke:var(--page);stroke-width:4px;stroke-linejoin:round}
.tj .band{fill:var(--tint)}
.tj .grid{stroke:var(--grid);stroke-width:1px}
.tj .axis{stroke:var(--quiet);stroke-width:1px}
.tj .line{fill:none;stroke:var(--score);stroke-width:2px;stroke-linejoin:round}
.tj .dot{fill:var(--score);stroke:var(--page);stroke-width:1.5px}
.tj .open{fill:var(--page);stroke:var(--score);stroke-width:2px}
.tj .thin{fill:none;stroke:var(--score);stroke-width:1.25px;stroke-linejoin:round}
.tj .dots{fill:none;stroke:var(--score);stroke-width:4px;stroke-linecap:round}
.tj .reach{stroke:var(--score);stroke-width:1.5px}
.tj .dose{fill:var(--dose)}
.tj .given{stroke:var(--dose);stroke-width:1px;stroke-dasharray:2 3}
.tj .base{fill:none;stroke:var(--ink);stroke-width:1.5px;stroke-dasharray:7 4}
"""
"""Every colour of a drawing. It has none of the characters that XML escapes, so its digest is that of its text."""
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"sandbox; default-src 'none'; style-src 'sha256-{_DIGEST}'"
"""The Content-Security-Policy of a drawing that is opened by itself: it runs nothing, loads nothing, has one style."""
EXAMPLE = '<svg xmlns="http://www.w3.org/2000/svg" class="tj" role="img"><title>…</title><desc>…</desc></svg>'


class Drawing(Response):
    """A drawing, with an ETag of its bytes."""

    media_type = "image/svg+xml"

    def __init__(self, content: bytes = b"", status_code: int = 200) -> None:
        """Take the bytes. FastAPI documents the default of `status_code`; there is no other."""
        tag = hashlib.blake2b(content, digest_size=16).hexdigest()
        super().__init__(content, status_code, {"ETag": f'"{tag}"', "Content-Security-Policy": POLICY})


def element(parent: Xml.Element, name: str, words: str | None = None, **given: str | float) -> Xml.Element:
    """Add an element with these attributes, of which `_` stands for `-` and `class_` for `class`; return it."""
    attributes = {key.rstrip("_").replace("_", "-"): _written(value) for key, value in given.items()}
    made = Xml.SubElement(parent, name, attributes)
    made.text = words
    return made


def canvas(width: float, height: float, title: str, description: str) -> Xml.Element:
    """Return an empty drawing, whose title and description say in words what it shows."""
    root = Xml.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "tj",
            "width": _written(width),
            "height": _written(height),
            "viewBox": f"0 0 {_written(width)} {_written(height)}",
            "role": "img",
            "aria-labelledby": "tj-title tj-desc",
        },
    )
    element(root, "title", title, id="tj-title")
    element(root, "desc", description, id="tj-desc")
    element(root, "style", STYLE)
    element(root, "rect", class_="page", width=width, height=height)
    return root


def as_bytes(root: Xml.Element) -> bytes:
    """Return the file."""
    return Xml.tostring(root, encoding="unicode").encode()


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 1):g}"
