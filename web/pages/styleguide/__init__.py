"""Every component on one page, for developers."""
