"""The books: hours, money and barter values in one double-entry ledger that its database defends."""
