# A chapter with a mock exam and one question, that the tests of its grading build, release, answer and grade.

# %% [markdown]
# # A small exam

# %%
from course import check
from course.mock_exam import MockExam

# %%
exam = MockExam(minutes=30)

# %% [markdown]
# ### Question 1.1 · the only one · 1 point · ●○○ · 1 min

# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(number):
    """Twice the number."""
    ### BEGIN SOLUTION
    return 2 * number  # master text
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "double-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check.example("double", 3, gives=6)
### BEGIN HIDDEN TESTS
check.example("double", 21, gives=42)
### END HIDDEN TESTS
