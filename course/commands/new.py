"""`course new`: the beginning of a chapter."""

from .options import add_command, at_least_one


def add(commands):
    command = add_command(
        commands, "new", run, "begin a chapter: text, answers and hints of one example exercise, built and ready to edit",
        "course new means", 'course new sequence_models --title "Sequences, one step at a time"',
        "course new means --by-hand --number 8",
    )
    command.add_argument("chapter", metavar="CHAPTER", help="its folder's name in source/, such as linear_model")
    command.add_argument("--title", metavar="TITLE", help="as in its heading (default: the name, with spaces)")
    command.add_argument("--number", type=at_least_one, metavar="N", help="a free one (default: the one after the last)")
    command.add_argument("--by-hand", action="store_true", help="also a question in words, which a person grades")


def run(root, options):
    from course.grading.new_chapter import new_chapter, next_steps

    made = new_chapter(root, options.chapter, title=options.title, number=options.number, by_hand=options.by_hand)
    print("\n".join([*(f"wrote  {path}" for path in made), "", *next_steps(options.chapter)]))
