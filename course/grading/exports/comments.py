"""Comments as HTML for a learning platform: Markdown is set, formulas are left to the platform's MathJax, all else is escaped.

Moodle keeps a worksheet's comments as HTML, and a gradebook's as its own format, in which a line's end counts as a break as
well: mod/assign/feedback/comments/locallib.php and grade/import/lib.php of https://github.com/moodle/moodle. So there are none
here. Its MathJax filter sets what stands between \\( and \\), see https://docs.moodle.org/en/MathJax_filter.
"""

import html
import re

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from course.grading.feedback.sanitise import sanitised

# What stands for an environment within \[ and \], where LaTeX allows none of these.
WITHIN = {"align": "aligned", "gather": "gathered", "eqnarray": "aligned", "equation": "", "displaymath": ""}


class Renderer(IPythonRenderer):
    """Markdown as HTML of a few plain tags; HTML in it is shown as it was typed, so that `list<int>` loses nothing."""

    def __init__(self):
        super().__init__(escape=True, exclude_anchor_links=True)

    def inline_math(self, body):
        return f"\\({html.escape(body, quote=False)}\\)"

    def block_math(self, body):
        return f"\\[{html.escape(body, quote=False)}\\]"

    def latex_environment(self, name, body):
        name = WITHIN.get(name.rstrip("*"), name)
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}" if name else body)

    def softbreak(self):
        return "<br>"

    def block_code(self, code, info=None):
        return f"<pre>{html.escape(code.rstrip(), quote=False)}</pre>".replace("\n", "<br>")

    def heading(self, text, level, **attributes):
        return f"<p><strong>{text}</strong></p>"

    def image(self, text, url, title=None):
        return html.escape(text or "", quote=False)


def as_html(text):
    """A comment in Markdown as HTML in one line, empty where it is."""
    try:
        made = sanitised(MarkdownWithMath(renderer=Renderer()).render(text))
    except Exception:  # what a person typed goes there all the same
        made = f"<p>{html.escape(text, quote=False)}</p>"
    return re.sub(r"\s*\n\s*", " ", re.sub(r"\s*\n\s*(?=<)|(?<=>)\s*\n\s*", "", made)).strip()


def as_words(markup):
    """What a person reads of some HTML, to tell whether two comments say the same."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())
