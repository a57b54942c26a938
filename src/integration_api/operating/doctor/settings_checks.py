"""Findings about the settings alone: what no database need be asked for."""

from collections.abc import Iterator
from ipaddress import ip_network
from urllib.parse import urlsplit

from integration_api.core.addresses import is_loopback
from integration_api.operating.doctor.findings import Finding
from integration_api.settings import Settings
from integration_api.telemetry.preparation import missing_extras

_LOCALHOST = "localhost"


def settings_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the settings."""
    yield from _worker_findings(settings)
    yield from _address_findings(settings)
    for text in missing_extras(settings):
        yield Finding("extra-missing", f"{text.partition(' needs ')[0]} is set, and its library is not there.", text)


def _worker_findings(settings: Settings) -> Iterator[Finding]:
    if settings.is_embedded and settings.workers > 1:
        yield Finding(
            "workers-on-sqlite",
            f"INTEGRATION_API_WORKERS is {settings.workers}, and the embedded database is served by one process.",
            "Set it to 1, or set INTEGRATION_API_DATABASE_URL.",
        )
    jobs = {"seal": settings.seal_seconds, "flag": settings.flag_seconds, "notification": settings.notification_seconds}
    for name, seconds in jobs.items():
        if not seconds:
            yield Finding(
                "job-off",
                f"INTEGRATION_API_{name.upper()}_SECONDS is 0: a server with these settings does not do that work.",
                "Leave it out, unless another server of this database does it.",
            )


def _address_findings(settings: Settings) -> Iterator[Finding]:
    is_here = _is_loopback_host(settings.host)
    public = settings.public_url
    if not is_here:
        yield Finding(
            "no-tls",
            f"The server listens on {settings.host}, and speaks no TLS itself: everybody on the way reads along.",
            "Listen on 127.0.0.1 behind a proxy with TLS (deploy/haproxy.cfg), or on a network that only it reaches.",
        )
    if public is not None and urlsplit(public).scheme != "https" and not is_loopback(public):
        yield Finding(
            "public-address-without-tls",
            "INTEGRATION_API_PUBLIC_URL is not https: front ends would send passwords in the open.",
            "Put the proxy with TLS in front, and name its https address.",
        )
    if (public is not None or not is_here) and not settings.trusted_proxies:
        yield Finding(
            "proxy-not-named",
            "No proxy is trusted, so that all who come through one count as one source: they share one rate limit.",
            "Name your proxy in INTEGRATION_API_TRUSTED_PROXIES, such as 127.0.0.1/32.",
        )
    if any(ip_network(proxy, strict=False).prefixlen == 0 for proxy in settings.trusted_proxies):
        yield Finding(
            "everybody-is-a-proxy",
            "INTEGRATION_API_TRUSTED_PROXIES holds every address: anybody can claim to be anybody else.",
            "Name the addresses of your own proxies alone.",
        )
    is_public = public is not None and not is_loopback(public)
    if is_public and settings.passkey_rp_id == _LOCALHOST:
        yield Finding(
            "passkeys-of-localhost",
            "Passkeys are for localhost, and clients come by another address: none can be used there.",
            "Set INTEGRATION_API_PASSKEY_RP_ID and INTEGRATION_API_PASSKEY_ORIGINS before anybody adds one.",
        )
    if is_public and settings.docs:
        yield Finding(
            "docs-in-public",
            "/docs and /openapi.json are served on a public address.",
            "Set INTEGRATION_API_DOCS=false, unless others are to read them.",
        )
    if settings.metrics_port is not None and not _is_loopback_host(settings.metrics_host):
        yield Finding(
            "metrics-in-public",
            f"Metrics are served on {settings.metrics_host} without a password.",
            "Leave INTEGRATION_API_METRICS_HOST out, or see to it that your Prometheus alone reaches it.",
        )


def _is_loopback_host(host: str) -> bool:
    return is_loopback(f"http://[{host}]" if ":" in host else f"http://{host}")
