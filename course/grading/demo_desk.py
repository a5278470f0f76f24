"""What the demo leaves on an instructor's desk besides grades: a due date, an extension, and answers in words, some marked already."""

import nbformat
from nbgrader.preprocessors import ClearMarkScheme, ClearSolutions

from course.grading import gradebook
from course.grading.answers import read_chapter_answers
from course.grading.course_root import assignments
from course.grading.demo_class import FAMILY_NAMES, NAMES, Submission, right_answers
from course.grading.late.extensions import due_dates, extend, set_due
from course.grading.preprocessors.marking import divided, graded_by_hand

NOT_DONE = "I did not get to this one."
FULL, NOTHING = "Complete, and each step says why it holds.", "Hand in what you have, even if it is only the first line."


def enter_names(demo, students):
    """Enters these students into the gradebook with made-up names and addresses, unless somebody has given them names already."""
    family = dict(zip(NAMES, FAMILY_NAMES, strict=True))
    with gradebook.opened(demo) as book:
        named = {one.id for one in book.students if one.first_name or one.last_name or one.email}
        for name in sorted({*students} - named):
            book.update_or_create_student(name, first_name=name.capitalize(), last_name=family[name], email=f"{name}@example.org")


def set_dates(demo, assignment, due, extended, students):
    """Sets the due date, and gives two days more to the students `extended`, unless somebody has set a date there already."""
    if due_dates(demo, assignment)[assignment] is None:
        set_due(demo, assignment, due)
        if there := [student for student in extended if student in students]:
            extend(demo, assignment, there, days=2)


def answers_in_words(root, assignment):
    """{grade_id: the model answer} of the cells of an assignment that a person marks."""
    source = nbformat.read(root / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    marks = (ClearMarkScheme().begin_mark_scheme_delimeter, ClearMarkScheme().end_mark_scheme_delimeter)
    edges = (ClearSolutions().begin_solution_delimeter, ClearSolutions().end_solution_delimeter)
    found = {}
    for cell in source.cells:
        if graded_by_hand(cell):
            lines = divided(cell.source.split("\n"), *marks)[1]
            found[cell.metadata.nbgrader.grade_id] = "\n".join(line for line in lines if not any(edge in line for edge in edges)).strip()
    return found


def chapter_in_words(root, assignment):
    """The first chapter that has something to mark by hand, and answers to hand in; None where `assignment` itself has, or none."""
    others = [name for name in assignments(root) if name != assignment]
    if answers_in_words(root, assignment):
        return None
    return next((name for name in others if answers_in_words(root, name)
                 and read_chapter_answers(root / "tests" / "answers" / name)), None)


def class_in_words(answers, model, names):
    """List of Submission, one for each of four names: the model answers, half of each, a line that is none, the model answers.

    answers: {exercise: list of answers}; everybody's code is right. model: {grade_id: the model answer}.
    """
    words = (model, {name: half(text) for name, text in model.items()}, dict.fromkeys(model, NOT_DONE), model)
    return [Submission(name, right_answers(answers, style) | said)
            for style, (name, said) in enumerate(zip(names, words, strict=True))]


def half(text):
    """The first half of a text's paragraphs."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(paragraphs[: max(1, len(paragraphs) // 2)])


def mark_some(demo, assignment, model, full, nothing):
    """Gives the student `full` all points for the answers in words and `nothing` none, each with a comment; others wait.

    What a person has marked in the demo meanwhile stays.
    """
    with gradebook.opened(demo) as book:
        for student, share, comment in ((full, 1, FULL), (nothing, 0, NOTHING)):
            for grade_id in model:
                grade = book.find_grade(grade_id, assignment, assignment, student)
                if grade.manual_score is None:
                    grade.manual_score, grade.needs_manual_grade = share * grade.max_score, False
                    book.find_comment(grade_id, assignment, assignment, student).manual_comment = comment
        book.db.commit()
