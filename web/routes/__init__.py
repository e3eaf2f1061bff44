"""The screens, one module for each group of pages; `web.create_app` finds them by walking."""
