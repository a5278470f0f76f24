"""Makes the pictures of docs/images/ anew, from the course as it runs in a browser: `.venv/bin/python docs/make_pictures.py`.

The browser tests take them into screenshots/ and check what is in them; here they are copied. Needs Chromium.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCREENSHOTS, IMAGES = ROOT / "screenshots", ROOT / "docs" / "images"
TAKEN_BY = tuple(f"tests/browser/test_{name}.py" for name in ("readme_picture", "exhibit_pictures", "exam_picture", "journey"))


def names():
    """The pictures to make: the chapter's two, each exhibit's that the browser tests know, the mock exam's, the journey's."""
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    from exhibits import EXHIBITS
    from journey_pages import PICTURES

    return ["chapter", "verdict", *(exhibit.name for exhibit in EXHIBITS), "mock_exam", *PICTURES]


def main():
    """Takes the pictures and copies them; nothing is copied where a test fails. Returns the exit status."""
    taken = subprocess.run([sys.executable, "-m", "pytest", "-q", *TAKEN_BY], cwd=ROOT)
    if taken.returncode:
        return taken.returncode
    IMAGES.mkdir(exist_ok=True)
    for name in names():
        print(shutil.copy(SCREENSHOTS / f"{name}.png", IMAGES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
