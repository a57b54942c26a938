"""The style of the files that people read: light, dark, and on paper. It loads nothing."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --quiet: #566071; --paper: #ffffff; --line: #d5dae2;
  --own: #f0f6f1; --own-line: #2f7d4f; --link: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --quiet: #a5aebb; --paper: #14181f; --line: #38414f;
  --own: #17251d; --own-line: #6fbf8c; --link: #8ab8f5; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.8rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.35rem; margin: 2.2rem 0 .6rem; padding-top: .4rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.06rem; margin: 0 0 .2rem; }
a { color: var(--link); }
.skip { position: absolute; left: -999rem; } .skip:focus { position: static; }
.quiet, .by, .about, dt { color: var(--quiet); }
.by, .about { margin: 0 0 .4rem; font-size: .92rem; }
article { margin: 0 0 1.1rem; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: .5rem; }
article.own { background: var(--own); border-inline-start: .3rem solid var(--own-line); }
.mark { font-weight: 600; }
dl { margin: .3rem 0; } dl > div { margin: .25rem 0; }
@media (min-width: 34rem), print { dl > div { display: grid; grid-template-columns: 10rem 1fr; gap: .2rem .8rem; }
  dd dl > div { grid-template-columns: 8rem 1fr; } }
dt { font-size: .9rem; } dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
dd dl { margin-top: 0; }
.text { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
ul { margin: .2rem 0; padding-inline-start: 1.3rem; }
nav ul { columns: 3 11rem; padding: 0; list-style: none; } nav li { margin: .15rem 0; }
img { max-width: 100%; max-height: 30rem; border-radius: .3rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .25rem .5rem .25rem 0;
  border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { overflow-wrap: normal; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .7rem; font-size: .85rem;
  border: 1px solid var(--line); border-radius: .4rem; }
@media print {
  :root { --ink: #000; --quiet: #333; --paper: #fff; --line: #999; --own: #fff; --own-line: #000; --link: #000; }
  @page { margin: 18mm 16mm; }
  header, main, footer { max-width: none; padding: 0; }
  body { font-size: 10.5pt; } .skip { display: none; } a { text-decoration: none; }
  h2, h3, .by { break-after: avoid; } article { border-radius: 0; } dl > div, img { break-inside: avoid; }
}
"""
POLICY = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The Content-Security-Policy of the files: even if a text were not escaped, it would run and load nothing."""


def head(title: str, language: str = "en") -> str:
    """Return the beginning of a page; `title` is escaped already."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n"
    )


END = "</body>\n</html>\n"
