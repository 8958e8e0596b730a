"""Where this machine keeps a Chromium or Chrome. Standard library only: `.ci/run` asks it too."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

HEADLESS_SHELL = "chromium-headless-shell"  # draws pages alone, no window around each of them
# chromium-browser comes last: on Ubuntu it may be a stub that only points to a snap.
NAMES = (
    HEADLESS_SHELL,
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium-browser",
)
MACOS = ("Google Chrome", "Chromium")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PLACES = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe")


def installed_chromium() -> str | None:
    """The path of an installed Chromium or Chrome; None where there is none."""
    on_path = (shutil.which(name) for name in NAMES)
    applications = (f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MACOS)
    folders = (os.environ[name] for name in WINDOWS_FOLDERS if name in os.environ)
    programs = (str(Path(folder, place)) for folder in folders for place in WINDOWS_PLACES)
    places = (place for place in (*applications, *programs) if Path(place).is_file())
    return next(filter(None, (*on_path, *places)), None)


if __name__ == "__main__":
    sys.exit(0 if installed_chromium() else "no Chromium or Chrome is installed")
