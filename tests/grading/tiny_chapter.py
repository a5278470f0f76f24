# A chapter of two exercises and four graded cells, six points, that the grading tests build, grade and report on.

# %% [markdown]
# # A tiny chapter

# %%
import math


# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(number):
    """Twice the number."""
    ### BEGIN SOLUTION
    return 2 * number  # master text
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "double-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
assert double(2) == 4, "double(2) should be 4"
### BEGIN HIDDEN TESTS
assert double(21) == 42, "wrong on a larger number"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "double-type", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert isinstance(double(1), int)
double(0)  # a value at the end of a graded cell: stock nbgrader would read it as the score

# %% nbgrader={"grade": false, "grade_id": "area", "locked": false, "schema_version": 3, "solution": true, "task": false}
def area(radius):
    """Area of a circle."""
    ### BEGIN SOLUTION
    return math.pi * radius**2
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "area-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
assert abs(area(1) - 3.14159) < 1e-3

# %% nbgrader={"grade": true, "grade_id": "area-checked", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
class Wrong(AssertionError):
    """Called as course.check's own error is, and shown as it is: without a traceback."""

    def _render_traceback_(self):
        return ["Not right yet", str(self)]

if abs(area(3) - 28.274) > 1e-3:
    raise Wrong("area(3) is off · sum-for-mean")
