"""The language of a page: from the link, else the cookie, the login's preference, the browser, or the settings."""

from __future__ import annotations

from flask import Flask, Response, g, request

from web.i18n import translation
from web.request_guards import cookie_name
from web.settings import Settings

LANGUAGE_ARGUMENT = "lang"
ONE_YEAR = 31_536_000


def install(app: Flask, settings: Settings) -> None:
    """Choose a language before each request, and remember one chosen by a link."""
    app.before_request(lambda: translation.set_language(translation.language(choose_language(settings))))
    app.after_request(lambda response: remember_language(response, settings))


def install_preferences(app: Flask, settings: Settings) -> None:
    """Choose again after the permission check, if it has set a language of the person or the community."""
    app.before_request(
        lambda: (
            translation.set_language(translation.language(choose_language(settings)))
            if any(name in g for name in ("preferred_language", "community_language"))
            else None
        )
    )


def available_languages(*, workshop: bool) -> tuple[str, ...]:
    """The codes of the languages to choose from; with pseudo-languages if `workshop` is set."""
    return (
        (*translation.translated_languages(), *translation.PSEUDO) if workshop else translation.translated_languages()
    )


def choose_language(settings: Settings) -> str:
    """The code of the page's language, the first available one in this order.

    The link, the cookie, the person's preference (`g.preferred_language`), the browser's languages, the community's
    language (`g.community_language`), the installation's language.
    """
    available = available_languages(workshop=settings.workshop)
    candidates = [
        request.args.get(LANGUAGE_ARGUMENT, ""),
        request.cookies.get(cookie_name("language", settings), ""),
        g.get("preferred_language", ""),
        *(code for code, _weight in request.accept_languages),
        g.get("community_language", ""),
        settings.language,
    ]
    return translation.best_match(candidates, available) or translation.SOURCE


def remember_language(response: Response, settings: Settings) -> Response:
    """Store the language chosen by a link in a cookie, for a year."""
    code = request.args.get(LANGUAGE_ARGUMENT)
    if code in available_languages(workshop=settings.workshop):
        response.set_cookie(
            cookie_name("language", settings),
            code,
            max_age=ONE_YEAR,
            secure=settings.secure_cookies,
            httponly=True,
            samesite="Lax",
        )
    return response
