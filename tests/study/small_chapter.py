# A chapter of three exercises and a challenge, small and quick, that the tests of the self-study path check.

# %% [markdown]
# # 1 · Small things

# %% nbgrader={"grade": false, "grade_id": "imports", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math


class Wrong(AssertionError):
    """Called as course.check's own error is, and shown as it is: without a traceback."""

    def _render_traceback_(self):
        return ["Not right yet", *str(self).partition(" · ")[0].split("; ")]

# %% [markdown]
# ## Numbers
#
# ### Exercise 1.1 · doubling · 3 points · ●○○ · 2 min

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

# %% [markdown]
# ### Exercise 1.2 · circles · 2 points · ●●○ · 4 min

# %% nbgrader={"grade": false, "grade_id": "area", "locked": false, "schema_version": 3, "solution": true, "task": false}
def area(radius):
    """Area of a circle."""
    ### BEGIN SOLUTION
    return math.pi * radius**2
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "area-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
if abs(area(3) - 28.274) > 1e-3:
    raise Wrong("area(3) is off; think of pi · sum-for-mean")

# %% nbgrader={"grade": false, "grade_id": "girth", "locked": false, "schema_version": 3, "solution": true, "task": false}
def girth(radius):
    """Length of a circle's edge."""
    ### BEGIN SOLUTION
    return 2 * math.pi * radius
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "girth-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert abs(girth(1) - 6.2832) < 1e-3

# %% [markdown]
# ## Reasons
#
# ### Exercise 1.3 · say why · 2 points · ●●○ · 5 min

# %% [markdown] nbgrader={"grade": true, "grade_id": "why", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Because an area has two lengths in it.
# ### BEGIN MARK SCHEME
# Two points for the two lengths.
# ### END MARK SCHEME
# ### END SOLUTION

# %% [markdown]
# ## Challenge · balls · 0 points · ●●● · 5 min

# %% nbgrader={"grade": false, "grade_id": "volume", "locked": false, "schema_version": 3, "solution": true, "task": false}
def volume(radius):
    """Volume of a ball."""
    ### BEGIN SOLUTION
    return 4 / 3 * math.pi * radius**3
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "volume-values", "locked": true, "points": 0, "schema_version": 3, "solution": false, "task": false}
assert abs(volume(1) - 4.18879) < 1e-4
