"""Which language a page speaks: the one asked for, then the one chosen before, then what the browser asks for."""

from __future__ import annotations

from flask import Flask, Response, g, request

from web.i18n import translation
from web.request_guards import cookie_name
from web.settings import Settings

LANGUAGE_ARGUMENT = "lang"
ONE_YEAR = 31_536_000


def install(app: Flask, settings: Settings) -> None:
    """Choose a language before each page, and remember one that was asked for by its link."""
    app.before_request(lambda: translation.set_language(translation.language(choose_language(settings))))
    app.after_request(lambda response: remember_language(response, settings))


def install_preferences(app: Flask, settings: Settings) -> None:
    """Choose once more where whoever lets people in has learnt what the person or the community speaks."""
    app.before_request(
        lambda: (
            translation.set_language(translation.language(choose_language(settings)))
            if any(name in g for name in ("preferred_language", "community_language"))
            else None
        )
    )


def available_languages(*, workshop: bool) -> tuple[str, ...]:
    """The codes of the languages to choose from; pseudo-languages only where the workshop is open."""
    return (
        (*translation.translated_languages(), *translation.PSEUDO) if workshop else translation.translated_languages()
    )


def choose_language(settings: Settings) -> str:
    """The code of the language this page is made in.

    A person's kept choice (`g.preferred_language`) stands behind the link and the cookie, before the browser’s wish;
    the community’s language (`g.community_language`) stands before the installation's.
    """
    available = available_languages(workshop=settings.workshop)
    wanted = [
        request.args.get(LANGUAGE_ARGUMENT, ""),
        request.cookies.get(cookie_name("language", settings), ""),
        g.get("preferred_language", ""),
        *(code for code, _weight in request.accept_languages),
        g.get("community_language", ""),
        settings.language,
    ]
    return translation.best_match(wanted, available) or translation.SOURCE


def remember_language(response: Response, settings: Settings) -> Response:
    """Keep the language that a link asked for, for a year, on this device."""
    asked = request.args.get(LANGUAGE_ARGUMENT)
    if asked in available_languages(workshop=settings.workshop):
        response.set_cookie(
            cookie_name("language", settings),
            asked,
            max_age=ONE_YEAR,
            secure=settings.secure_cookies,
            httponly=True,
            samesite="Lax",
        )
    return response
