"""Amounts, periods, messages, errors, text and drafts: plain values that know no database."""
