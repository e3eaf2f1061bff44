"""The first hour of a new community."""
