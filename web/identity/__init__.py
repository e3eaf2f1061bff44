"""Who may come in: logins, sessions and one-time links; the commands hand them out by the functions named here."""

from __future__ import annotations

from web.identity.link_issuing import IssuedLink, make_login, make_setup_link, make_sign_in_link

__all__ = ["IssuedLink", "make_login", "make_setup_link", "make_sign_in_link"]
