"""Makes the pictures of docs/images/ anew, from the course as it runs in a browser: `.venv/bin/python docs/make_pictures.py`.

The browser tests take them into screenshots/ and check what is in them; here they are copied. Needs Chromium.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCREENSHOTS, IMAGES = ROOT / "screenshots", ROOT / "docs" / "images"
TAKEN_BY = ("tests/browser/test_readme_picture.py", "tests/browser/test_exhibit_pictures.py", "tests/browser/test_exam_picture.py")


def names():
    """The pictures to make: the chapter's, one of each exhibit that the browser tests know, and the mock exam's."""
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    from exhibits import EXHIBITS

    return ["chapter", *(exhibit.name for exhibit in EXHIBITS), "mock_exam"]


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
