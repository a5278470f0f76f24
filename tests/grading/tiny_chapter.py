# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A tiny chapter
#
# Two exercises, three graded cells, five points.

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
assert double(21) == 42, "hidden expectation"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "double-type", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert isinstance(double(1), int)

# %% nbgrader={"grade": false, "grade_id": "area", "locked": false, "schema_version": 3, "solution": true, "task": false}
def area(radius):
    """Area of a circle."""
    ### BEGIN SOLUTION
    return math.pi * radius**2
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "area-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
assert abs(area(1) - 3.14159) < 1e-3
