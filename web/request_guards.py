"""Request guards of every page: security headers, trusted hosts, and checks of where a form came from.

Inline scripts and styles are blocked, other sites may neither frame nor read a page, and no cache stores it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden
from werkzeug.middleware.proxy_fix import ProxyFix

from ledger.core.messages import N_
from web.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
TWO_YEARS = 63_072_000
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

csrf = CSRFProtect()


class OtherSiteForm(Forbidden):
    """The form was sent from a page of another site."""

    description = N_("This form was sent from another site. Open the page here and send it again.")


def install(app: Flask, settings: Settings) -> None:
    """Install the guards in an application."""
    app.config.update(_configuration(settings))
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(refuse_other_sites)
    csrf.init_app(app)
    app.after_request(lambda response: set_headers(response, secure=settings.secure_cookies))


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.old_secret_keys),
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "MAX_CONTENT_LENGTH": settings.max_content_length,
        "MAX_FORM_MEMORY_SIZE": settings.max_form_memory_size,
        "MAX_FORM_PARTS": settings.max_form_parts,
        "SESSION_COOKIE_NAME": cookie_name("session", settings),
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "PREFERRED_URL_SCHEME": urlsplit(settings.public_url).scheme,
    }


def cookie_name(name: str, settings: Settings) -> str:
    """A cookie's name; the prefix `__Host-` binds a secure cookie to this host and to https."""
    return f"__Host-hourstead-{name}" if settings.secure_cookies else f"hourstead-{name}"


def refuse_other_sites() -> None:
    """Refuse a form that the browser reports as sent from another site; other clients need the CSRF token."""
    if request.method in SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in {"same-origin", "none"}:
        raise OtherSiteForm
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise OtherSiteForm


def set_headers(response: Response, *, secure: bool) -> Response:
    """Set the security headers of a response, except those that it has already."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS}; includeSubDomains")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
