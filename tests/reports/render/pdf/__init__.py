"""Tests of the setting of type."""
