"""The grading benchmark's results as Markdown tables."""

from __future__ import annotations

TITLES = {"points": "an ordinary torch notebook, 4 graded cells", "linear_model": "the chapter linear_model"}
NONE = "not measured"


def tables(results: dict) -> str:
    """All tables. results: {assignment: {part: what was measured}}."""
    parts = [about(results)]
    for assignment, measured in results.items():
        parts += [f"## {TITLES[assignment].capitalize()}", comparison(measured)]
        if "steps" in measured:
            parts += ["Where the time of a submission goes, one at a time:", steps(measured["steps"])]
        if "many" in measured:
            many = measured["many"]
            parts += [
                f"{many['submissions']:,} submissions, {many['jobs']} at a time, as they are graded; MiB are of the whole run, "
                "pages that processes share counted once:", growth(many),
            ]
    return "\n\n".join(parts) + "\n"


def about(results: dict) -> str:
    one = next(part for measured in results.values() for part in measured.values())
    on = one["machine"]
    busy = max(part.get("busy", 0) for measured in results.values() for part in measured.values())
    told = (
        f"Measured on {on['cores']} cores ({on['processor']}), Python {on['python']}, torch {on['torch']}, nbgrader "
        f"{on['nbgrader']}. CPU is user and system time of all processes of a run, by {one['how']}."
    )
    if busy > on["cores"] / 8:
        told += f" **Others kept {busy:.1f} of the cores busy: figures are too high.**"
    return told


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def comparison(measured: dict) -> str:
    """Stock, ours and the floor side by side."""
    stock, ours, floor, many = (measured.get(part) for part in ("stock", "ours", "floor", "many"))

    def cell(part: dict | None, text) -> str:
        return text(part) if part else NONE

    count = next((part["submissions"] for part in (ours, stock, floor) if part), 0)
    rows = [
        ["CPU seconds a submission", cell(stock, lambda s: f"{s['cpu_each']:.2f}"), cell(ours, ranged), cell(floor, ranged)],
        ["times the bare fork's", cell(stock and floor, lambda _: f"{stock['cpu_each'] / floor['cpu_each']:.1f}"),
         cell(ours and floor, lambda _: f"{ours['cpu_each'] / floor['cpu_each']:.2f}"), ""],
        ["CPU seconds of a submission that has the command to itself", cell(stock, lambda s: f"{s['cpu_alone']:.2f}"), "", ""],
        ["CPU seconds a submission among 1,000", "", cell(many, lambda m: f"{m['cpu_each']:.3f}"), ""],
        [f"{count} submissions after start-up, wall seconds", cell(stock, lambda s: f"{s['wall']:.0f} (one at a time)"),
         cell(ours, lambda o: f"{o['wall']:.1f}"), cell(floor, lambda f: f"{f['wall']:.1f}")],
        ["until the first submission is done, seconds", *(cell(part, lambda p: f"{p['start_up']:.1f}") for part in (stock, ours, floor))],
        ["1,000 submissions, minutes", cell(stock, lambda s: f"{s['wall_each'] * 1000 / 4 / 60:.0f} if it spread over 4 cores"),
         cell(many, lambda m: f"{m['wall'] * 1000 / m['submissions'] / 60:.1f}"), ""],
    ]
    return table(["", "stock nbgrader", "this project", "the cells in a bare fork"], rows)


def ranged(part: dict) -> str:
    """CPU of a part that was measured in rounds: the median, and the range."""
    each = part["rounds"]
    return f"{part['cpu_each']:.3f}" + (f" ({min(each):.3f} to {max(each):.3f})" if len(each) > 1 else "")


def steps(one: dict) -> str:
    """Milliseconds a submission: of wall clock by step, one job at a time, and of CPU by process."""
    count = one["submissions"]
    total = 1000 * one["wall"] / count
    told = {step: 1000 * seconds / count for step, seconds in one["steps"].items()}
    wall = [*told.items(), ("starting the grader, handing over, waiting", total - sum(told.values())), ("all of it", total)]
    cpu, grader, writer = (1000 * one[of] for of in ("cpu_each", "grader_cpu_each", "writer_cpu_each"))
    by_process = [
        ("the student's process and both servers, forks included", cpu - grader - writer),
        ("the grader: nbgrader's steps, the judge", grader), ("the writer: reading, handing over, merging", writer),
        ("all of it", cpu),
    ]
    rows = [["wall clock", *line] for line in wall] + [["CPU", *line] for line in by_process]
    return table(["", "step or process", "milliseconds a submission"], [[a, b, f"{c:.1f}"] for a, b, c in rows])


def growth(many: dict) -> str:
    """Memory, descriptors and merge time as submissions are graded."""
    roles = list(dict.fromkeys(role for look in many["looks"] for role in look["roles"]))
    rows = []
    for look in many["looks"]:
        merge = 1000 * look["merge_seconds"] / max(1, look["merged"])
        rows.append([
            str(look["done"]), f"{look['elapsed']:.0f}", f"{look['all']['pss']:.0f}",
            *(held(look["roles"].get(role)) for role in roles), f"{merge:.1f}",
        ])
    header = ["graded", "seconds", "MiB in all", *(f"{role}: MiB, descriptors" for role in roles), "merge, ms each"]
    return table(header, rows)


def held(one: dict | None) -> str:
    return f"{one['rss']:.0f}, {one['descriptors']}" if one else "-"
