"""Signing in, a typed code, and choosing or changing one's words: text in, checked text out."""

from __future__ import annotations

from marshmallow import fields

from ledger.core.messages import N_
from web.shared.fields import StrictSchema, required_text


class SignInSchema(StrictSchema):
    """User name or address, password, whether to stay signed in; and where to go and what to keep meanwhile."""

    identity = required_text(N_("Write your user name or e-mail address"))
    password = required_text(N_("Write your password"))
    stay = fields.String(load_default="")
    next = fields.String(load_default="")
    answers = fields.String(load_default="")


class CodeSchema(StrictSchema):
    """The code on a paper slip."""

    code = required_text(N_("Write the code from your paper slip"))


class ChooseSchema(StrictSchema):
    """A user name and a password, chosen for the first time."""

    user_name = required_text(N_("Choose a user name"))
    password = required_text(N_("Choose a password"))
    stay = fields.String(load_default="")


class NewPasswordSchema(StrictSchema):
    """A new password in place of one that was forgotten."""

    password = required_text(N_("Choose a password"))
    stay = fields.String(load_default="")


class ChangePasswordSchema(StrictSchema):
    """The password until now, and the one from now on."""

    old_password = required_text(N_("Write the password you have now"))
    password = required_text(N_("Write the new password"))


class EmailSchema(StrictSchema):
    """An address to sign in by, or none; the password proves who asks."""

    email = fields.String(load_default="")
    old_password = required_text(N_("Write the password you have now"))
