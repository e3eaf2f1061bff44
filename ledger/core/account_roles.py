"""Account roles: the accounts of the default chart that the code knows by their meaning, each with its code.

A community may rename these accounts, but not use them for something else. Outside this file and `ledger/kinds`
the code says the role, never the code.
"""

from __future__ import annotations

BANK = "1000"
SAVINGS = "1010"
CASH = "1020"
TRADE_RECEIVABLES = "1100"
MEMBER_RECEIVABLES = "1110"
GRANTS_RECEIVABLE = "1120"
SOLIDARITY_LOANS = "1130"
LOAN_ALLOWANCE = "1139"
DUE_FROM_FUNDS = "1140"
DUE_FROM_PARTNERS = "1150"
STOCK = "1200"
FIXED_ASSETS = "1500"
DEPRECIATION = "1590"
SUSPENSE = "1600"

PAYABLES = "2000"
SALES_TAX = "2040"
CONSIGNORS = "2050"
DEFERRED_SHARES = "2070"
DEFERRED_GRANTS = "2080"
DUE_TO_FUNDS = "2090"
PATRONAGE_PAYABLE = "2100"

SHARE_CAPITAL = "3000"
MEMBER_CAPITAL = "3010"
INDIVISIBLE_RESERVE = "3020"
GENERAL_WORTH = "3030"
DESIGNATED_WORTH = "3040"
RESTRICTED_WORTH = "3050"
SURPLUS = "3090"
TRANSFERS_OUT = "3900"
TRANSFERS_IN = "3910"

DONATIONS = "4000"
UNRESTRICTED_GRANTS = "4010"
RESTRICTED_GRANTS = "4020"
DUES = "4040"
TRADING = "41"
"""The first digits of the accounts of trading income."""
BARTER_INCOME = "4200"
INTEREST = "4300"

COST_OF_SALES = "5"
"""The first digit of the accounts of what sold goods and events cost."""
COST_OF_STOCK_SOLD = "5010"
ENERGY = "6100"
WATER = "6110"
WASTE = "6120"
SHARED_FOOD = "6130"
SCHOLARSHIPS = "6310"
EMERGENCY_GRANTS = "6320"

MEMBER_TIME = "T2000"
PARTNER_TIME = "T2100"
POT = "T3000"
HOURS_DONATED = "T4000"
SESSION_SURPLUS = "T4010"
PROGRAMME_HOURS = "T6000"
SOLIDARITY_HOURS = "T6010"
WELCOME_HOURS = "T6020"

MEMBER_BARTER = "B2000"
BARTER_WORTH = "B3000"

OWNED_TIME = (MEMBER_TIME, PARTNER_TIME)
"""Accounts of hours that belong to somebody: a member, household or group, or a partner community."""
CO_OP_EQUITY = (SHARE_CAPITAL, MEMBER_CAPITAL, INDIVISIBLE_RESERVE, SURPLUS)
"""The equity accounts of a co-operative."""
