"""Makes HTML that a student wrote, or had printed, harmless: text, tables and pictures stay, all that acts goes.

A second wall stands behind this one: the page's Content-Security-Policy forbids scripts and anything from outside.
"""

import functools
import re

import bleach
from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer
from bs4 import BeautifulSoup

TAGS = frozenset(
    "a abbr b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font h1 h2 h3 h4 "
    "h5 h6 hr i img input ins kbd li mark ol p pre q s samp small span strike strong sub summary sup table tbody td tfoot th thead "
    "tr tt u ul var wbr".split())
# These go with what they hold; of every other unknown tag the text stays.
DROPPED = ("script", "style", "iframe", "frame", "object", "embed", "template", "noscript", "title", "head", "select", "svg", "math",
           "audio", "video", "canvas", "portal", "xmp", "plaintext", "noembed", "noframes", "textarea")
MAY_HOLD_DROPPED = re.compile(rf"<(?:{'|'.join(DROPPED)})\b", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
LINK = re.compile(r"(?:https?:|mailto:|#)", re.IGNORECASE)
# Classes of code that Pygments coloured, and of terminal colours; those of the page itself are longer words.
CLASS = re.compile(r"(?:(?:highlight|[a-z]{1,2}[a-z0-9]?|ansi-[a-z-]+)(?:\s+|$))+")
# Nothing that moves an element over another one: a page must not be able to show points that nobody gave.
STYLES = (ALLOWED_CSS_PROPERTIES - {"float", "clear", "cursor", "height", "line-height", "text-indent", "letter-spacing"}) | {
    "padding", "padding-left", "padding-right", "padding-top", "padding-bottom", "border", "border-left", "border-right",
    "border-top", "border-bottom", "border-radius", "max-width", "opacity"}


def allowed(tag, name, value):
    """Whether an attribute may stay."""
    if name == "style":
        return True  # its declarations are looked at one by one
    if name == "class":
        return bool(CLASS.fullmatch(value))
    if tag == "a":
        return name == "title" or name == "href" and bool(LINK.match(value))
    if tag == "img":
        return name in ("alt", "title", "width") or name == "src" and bool(PICTURE.fullmatch(value))
    if tag == "input":  # the boxes of a list of tasks
        return name in ("checked", "disabled") or name == "type" and value == "checkbox"
    if tag == "details":
        return name == "open"
    if tag == "ol":
        return name == "start"
    return tag in ("td", "th", "col", "colgroup") and name in ("colspan", "rowspan", "span", "align", "scope")


@functools.cache
def cleaner():
    return bleach.Cleaner(tags=TAGS, attributes=allowed, protocols={"http", "https", "mailto", "data"}, strip=True,
                          css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES, allowed_svg_properties=frozenset()))


def sanitised(markup):
    """The harmless part of some HTML, every tag closed within it. Pictures are kept where the HTML itself holds them."""
    if MAY_HOLD_DROPPED.search(markup):
        soup = BeautifulSoup(markup, features="html.parser")
        for element in soup.find_all(DROPPED):
            element.decompose()
        markup = str(soup)
    pictures = []

    def put_aside(found):
        pictures.append(found[0])
        return f"data:image/png;base64,{len(pictures) - 1}"

    # The parser reads character by character, and a picture has a hundred thousand of them.
    clean = cleaner().clean(PICTURE.sub(put_aside, markup))
    return re.sub(r"data:image/png;base64,(\d+)", lambda found: pictures[int(found[1])], clean)
