"""Claim: someone wrote down what happened, and it waits for another's yes before it stands in the books."""
