"""Names of devices from the browser's User-Agent header."""

from __future__ import annotations

# The first match counts: most browsers also name the browsers further down.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Browser and system, such as `Firefox, Android`, the same in every language; empty if neither is known."""
    names = (
        next((name for pattern, name in patterns if pattern in user_agent), "") for patterns in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, names))
