"""The furniture of web pages: browser notices, links to other stories, captions, sign-ups.

Line by line, and recorded: a line goes only when all of it is furniture.
"""

from __future__ import annotations

import re

from ingest.readers.draft import Draft

_REST = r"[^\n]*"
_SITES = r"(?:Facebook|Twitter|X|Instagram|YouTube|LinkedIn|TikTok|Threads|WhatsApp|Bluesky)"
_AGENCIES = (
    r"(?:Getty Images?|AP(?: Photo| Images)?|Associated Press|Reuters|REUTERS|AFP|EPA|SCNG"
    r"|Shutterstock|Bloomberg|Zuma(?: Press)?|NurPhoto|Sipa(?: USA)?|Redux|Corbis|UPI)"
)
_NAME = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4}"
_CAPTION = r"[^\n]{0,800}"

# Each row: the rule's name, and the shapes that a whole line of it may have.
_SHAPES: dict[str, tuple[str, ...]] = {
    "browser notice": (
        rf"(?:IE|Internet Explorer) ?\d* is not supported{_REST}",
        rf"Your (?:web )?browser is (?:not supported|out of date){_REST}",
        rf"Please (?:enable|turn on) (?:JavaScript|cookies){_REST}",
        rf"JavaScript (?:is|must be) {_REST}",
    ),
    "cookie notice": (
        rf"(?:We|(?:This|Our) (?:web)?site) (?:and our partners )?uses? cookies{_REST}",
        rf"By (?:continuing|using) [^\n]{{0,80}}cookies{_REST}",
        rf"(?:Accept|Reject|Manage)(?: all)? cookies{_REST}",
    ),
    "related link": (
        r"(?:RELATED|SEE ALSO|READ MORE|READ NEXT|WATCH|Related|See also|Read next): ?[^\n]+",
    ),
    "caption": (
        r"(?:Lead Photo|Image|Photo|Video|Caption|File photo|FILE PHOTO): [^\n]+",
        r"(?:Photo|Image) (?:by|credit)[: ][^\n]+",
        rf"{_CAPTION}\(Photos? (?:by|courtesy)[^()\n]+\)",
        rf"{_CAPTION}\b{_NAME} ?/ ?{_AGENCIES}",
        rf"{_CAPTION}\({_NAME} ?/ ?{_AGENCIES}[^()\n]*\)",
    ),
    "page control": (
        r"(?:Read [Mm]ore|Continue reading|Show more|Load more|Back to top)[.»>:]?",
        r"(?:Advertisement|ADVERTISEMENT|Story continues below(?: advertisement)?)[.:]?",
        r"Skip to (?:main )?content|Copy link|Print|Tweet|Email this|Save article|Sign in|Log in",
        r"Share(?: this(?: article| story| page| post)?| on [^\n]{1,40})?:?",
        r"Leave a comment|View comments|(?:\d+ )?[Cc]omments?",
        r"(?:Most read|Trending(?: now)?|Recommended(?: for you)?|More from [^\n]{1,60}):?",
    ),
    "follow us": (
        rf"(?:Follow|Like|Find|Join|Connect with) [^\n]{{1,60}} on {_SITES}\b{_REST}",
        r"Follow [Uu]s[^\n]{0,60}",
    ),
    "newsletter": (
        r"(?:Sign up|Subscribe)(?: now| today| here)?(?: to| for)"
        rf"[^\n]*(?:newsletter|e-?mail|alerts|updates|inbox|briefing){_REST}",
        rf"Enter your e-?mail{_REST}|Get [^\n]{{1,60}} in your inbox{_REST}|Subscribe now{_REST}",
    ),
}
_RULES = {
    rule: re.compile(rf"^[^\S\n]*(?:{'|'.join(shapes)})[^\S\n]*(?:\n|\Z)", re.MULTILINE)
    for rule, shapes in _SHAPES.items()
}


def strip_web_furniture(draft: Draft) -> Draft:
    """The draft without lines of furniture, each recorded under the name of its sort."""
    for rule, pattern in _RULES.items():
        draft = draft.sub(pattern, "", rule)
    return draft
