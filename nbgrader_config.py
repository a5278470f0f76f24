"""What every nbgrader command, the formgrader and the Validate button read when started from the repository root."""

c = get_config()  # noqa: F821  (traitlets puts get_config into the namespace of this file)

c.CourseDirectory.course_id = "pytorch"

# source/<chapter>/<chapter>.py is the text a chapter is edited in; it holds the solutions and must never be released.
c.CourseDirectory.ignore = [
    "*.py", "*.pyc", "__pycache__", ".ipynb_checkpoints", ".virtual_documents", ".DS_Store", "feedback",
]
