"""Logins, sessions, one-time links and permissions; commands create logins and links by the functions named here."""

from __future__ import annotations

from web.identity.link_issuing import IssuedLink, make_login, make_setup_link, make_sign_in_link

__all__ = ["IssuedLink", "make_login", "make_setup_link", "make_sign_in_link"]
