"""The output stream of the kernel behind the Validate button: what goes to stderr there is dropped, not sent."""

from ipykernel.iostream import OutStream


class QuietStderr(OutStream):
    """ipykernel's stream, silent when it stands for stderr.

    nbgrader's Validator takes any stderr output in a graded cell for a failure, and neither that rule nor its list of
    steps can be configured; the class of its kernel's streams can (IPKernelApp.outstream_class).
    """

    def __init__(self, session, pub_thread, name, *arguments, **options):
        if name == "stderr":
            options["watchfd"] = False
        super().__init__(session, pub_thread, name, *arguments, **options)

    def write(self, string):
        return len(string) if self.name == "stderr" else super().write(string)
