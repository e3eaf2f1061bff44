"""Settings: chart and funds, decisions, limits, community."""
