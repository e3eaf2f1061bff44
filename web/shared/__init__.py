"""What pages share: form state, layout, components, labels, diagrams."""
