"""Run in the sandbox to see whether it can be had: confines one process that does nothing, and says so."""

import os
import sys

from course.grading.sandbox import confine
from course.grading.sandbox.limits import Limits

try:
    confined = confine.fork(Limits())
except (OSError, confine.ConfinementError) as error:
    sys.exit(f"a process could not be confined: {error}")
if confined is None:
    os._exit(0)
if confined.wait() == 0:
    print("confined")
