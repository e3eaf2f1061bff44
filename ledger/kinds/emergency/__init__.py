"""Emergency: what goes into the emergency fund and what it gives, always privately."""
