"""What this machine has for the tests beyond Python, and what is said where something is missing."""

import os
import shutil

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NODE = shutil.which("node")

# In continuous integration a check that did not run must not look like one that passed.
EVERYTHING_IS_REQUIRED = os.environ.get("CI") == "true"

NO_CHROMIUM = "no Chromium on this machine (on Debian: apt-get install chromium), so the browser tests are left out"
NO_NODE = "no Node on this machine (https://nodejs.org, 20 or newer), so the tests of the JavaScript are left out"
