"""Protections of pages that this process serves: the refresh token in a cookie, and the policy of each file."""

from tests.mutants.changes import Replace
from tests.mutants.mutant import mutant

COOKIES, FILES = "tests/resources/people/test_refresh_cookie.py", "tests/web/test_static_files.py"
COOKIE, SIGN_IN = "access/refresh_cookie.py", "resources/people/sign_in/service.py"
ATTRIBUTES = "Path=/v1/auth; HttpOnly; Secure; SameSite=Strict"

BROWSING = (
    mutant(
        "a page of another origin uses the refresh cookie",
        COOKIE,
        "token_of",
        Replace("not _is_same_origin(found)", "False"),
        COOKIES,
    ),
    mutant(
        "an old browser's page of another origin uses the refresh cookie",
        COOKIE,
        "_is_same_origin",
        Replace("host == headers.get(b'host')", "True"),
        COOKIES,
    ),
    mutant(
        "a script can read the refresh cookie",
        COOKIE,
        "_ATTRIBUTES",
        Replace(f'"{ATTRIBUTES}"', f'"{ATTRIBUTES.replace("HttpOnly; ", "")}"'),
        COOKIES,
    ),
    mutant(
        "a page gets the refresh token beside the cookie",
        SIGN_IN,
        "_in_cookie",
        Replace('{"refresh_token": None}', "{}"),
        COOKIES,
    ),
    mutant(
        "the refresh cookie outlasts the sign-out",
        SIGN_IN,
        "sign_out",
        Replace("refresh_cookie.token_of(work.scope['headers']) is not None", "False"),
        COOKIES,
    ),
    mutant(
        "a front end has no content security policy",
        "web/static_files.py",
        "_PROTECTED",
        Replace("CONTENT_SECURITY_POLICY", '""'),
        FILES,
    ),
)
