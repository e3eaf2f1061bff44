"""What happens before posting: record, claim, confirm, approve, reserve; and budgets."""
