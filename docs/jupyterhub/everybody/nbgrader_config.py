"""What nbgrader does for everybody on the hub's machine; an instructor's course folder has its own file on top."""

c = get_config()  # noqa: F821  (traitlets puts get_config into the namespace of this file)

c.CourseDirectory.course_id = "pytorch"
c.Exchange.root = "/srv/nbgrader/exchange"

# As in the course's own nbgrader_config.py: the Validate button takes anything on stderr for a failure, and the value
# at the end of a graded cell for its score; so its kernel sends neither.
c.Execute.timeout = 30
c.Execute.extra_arguments = [
    "--IPKernelApp.outstream_class=course.grading.quiet_stderr.QuietStderr",
    "--InteractiveShell.ast_node_interactivity=none",
]
