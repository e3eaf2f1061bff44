"""The invented communities of the tests.

`small_community`: five people with offices, funds and programmes, and no entries: a test posts what it needs, and
nothing else is there. Its `create_empty` leaves out the people; its `create_bare` writes one act without settings, for
tests that count acts and rows.
"""
