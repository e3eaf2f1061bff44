"""Parts that several pages use: form state, layout, components, labels, diagrams."""
