"""How long a regrade is likely to take: as long as grading the same submissions did."""

from course.grading.records import STEPS


def seconds_of_grading(records):
    """Seconds that one process at a time needed to grade these Records in all; 0 where none of them knows.

    Those that do not know count as the average of the others.
    """
    records = [one for one in records if one is not None]
    known = [sum(times) for one in records if (times := [one.seconds[step] for step in STEPS if one.seconds.get(step)])]
    return sum(known) / len(known) * len(records) if known else 0.0


def told_time(done):
    """What a dry run says of the time; no line where nothing would be run again."""
    at_once = min(done.jobs or 1, sum(work.runs for work in done.works))
    if not at_once:
        return []
    said = "running again takes about as long as grading did"
    if not done.seconds:
        return [said]
    minutes = round(done.seconds / at_once / 60)
    jobs = "1 job" if at_once == 1 else f"{at_once} jobs"
    return [f"{said}: {'less than a minute' if minutes < 1 else 'about 1 minute' if minutes == 1 else f'about {minutes} minutes'} with {jobs}"]
