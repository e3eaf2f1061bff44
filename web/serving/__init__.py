"""The web server: gunicorn with the settings that `serve` chooses."""
