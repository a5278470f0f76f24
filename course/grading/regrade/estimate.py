"""How long a regrade is likely to take: the instructor's notebook, then what grading the same submissions took."""

import heapq
import math
import statistics

from course.grading.records import STEPS
from course.grading.told_seconds import STILL_RUNNING

START_SECONDS = 15  # for the servers of one run; each then runs the instructor's notebook before anything else


def wall_seconds(records, jobs, generates, timeout=None):
    """Seconds until submissions with these Records have run again, `jobs` at a time; 0 where none of them knows its own.

    generates: whether the assignment is generated first. timeout: of a cell, None for the one that it had. A record that
    does not know counts as the average of the others, and the instructor's notebook as the median.
    """
    known = {one.student: total for one in records if one is not None and (total := took(one, timeout))}
    if not known:
        return 0.0
    average = statistics.fmean(known.values())
    before = (START_SECONDS + statistics.median(known.values())) * (1 + generates)
    return before + shared_out([known.get(one.student, average) if one else average for one in records], jobs)


def took(record, timeout):
    """Seconds that grading took, and what a larger limit adds for each cell that ran into it."""
    longer = max(0, timeout - record.cell_seconds) if timeout and record.cell_seconds else 0
    known = [record.seconds[step] for step in STEPS if record.seconds.get(step)]
    return sum(known) + longer * sum(STILL_RUNNING in line for line in record.incidents) if known else 0.0


def shared_out(seconds, jobs):
    """How long pieces of work take that are begun one after the other, so many at a time."""
    busy = [0.0] * min(jobs, len(seconds))
    for each in seconds:
        heapq.heapreplace(busy, busy[0] + each)
    return max(busy)


def told_time(done):
    """What a dry run says of the time; no line where nothing would be run again."""
    at_once = min(done.jobs or 1, len(done.runs))
    if not at_once:
        return []
    if not done.seconds:
        return ["running again takes about as long as grading did"]
    minutes = math.ceil(done.seconds / 60)
    length = "less than a minute" if done.seconds < 45 else f"about {minutes} minute{'' if minutes == 1 else 's'}"
    return [f"running again takes {length} with {at_once} job{'' if at_once == 1 else 's'}, its start included"]
