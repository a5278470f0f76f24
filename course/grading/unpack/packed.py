"""The files in a zip that somebody uploaded, read with distrust: no path out of it, no link, no more bytes than can be graded."""

import contextlib
import lzma
import re
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from course.grading.course_root import CourseError
from course.grading.submissions import MOST_BYTES

ENCRYPTED = 0x1
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
LEFT_BEHIND = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Packed:
    """One file of the zip. path: its PurePosixPath in there, with composed accents. size: bytes that it says it has."""

    path: PurePosixPath
    size: int
    archive: zipfile.ZipFile
    entry: zipfile.ZipInfo

    def read(self):
        """Its content. Raises CourseError when it is damaged, or longer than it says."""
        try:
            with self.archive.open(self.entry) as file:
                content = file.read(self.size + 1)
        except DAMAGED as error:
            raise CourseError(f"{self.path} in the zip is damaged ({error}): download it again") from None
        if len(content) > self.size:
            raise CourseError(f"{self.path} in the zip is longer than it says: no learning platform writes such a file")
        return content


@contextlib.contextmanager
def read_zip(path):
    """Yields the list of Packed of a zip, in its order; what systems leave behind is left out. Raises CourseError."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise CourseError(f"cannot read {path}: {error.strerror}") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise CourseError(f"{path} is no zip, or a damaged one: download it again") from None
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        for entry in archive.infolist():
            if why := what_is_wrong(entry):
                raise CourseError(f"{path} is refused, and nothing is unpacked: {entry.orig_filename!r} in it {why}")
        yield [Packed(PurePosixPath(unicodedata.normalize("NFC", entry.filename)), entry.file_size, archive, entry)
               for entry in entries if not set(PurePosixPath(entry.filename).parts) & set(LEFT_BEHIND)]


def what_is_wrong(entry):
    """Why an entry cannot be one that a learning platform wrote, or None."""
    name = entry.orig_filename
    if name.startswith("/") or "\\" in name or re.match(r"[A-Za-z]:", name) or "\0" in name or ".." in name.split("/"):
        return "leads out of the folder"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link" if kind == stat.S_IFLNK else "is no file"
    if entry.flag_bits & ENCRYPTED:
        return "has a password"
    if entry.file_size > MOST_BYTES:
        return f"has {entry.file_size / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB can be graded"
    return None
