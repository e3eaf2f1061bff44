"""The pages, one folder per area: routes, forms, view and templates side by side."""
