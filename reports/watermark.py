"""The mark across every page of a draft's PDF, as a picture behind the text: no reader takes it for content."""

from urllib.parse import quote
from xml.sax.saxutils import escape

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 800">'
    '<text x="300" y="400" text-anchor="middle" transform="rotate(-54 300 400)" font-size="58"'
    ' font-family="{family}" font-weight="600" fill="#e4e9ee">{text}</text></svg>'
)


def watermark(text: str, family: str) -> str:
    """A `data:` address of the mark, for the style of a page."""
    return "data:image/svg+xml," + quote(SVG.format(text=escape(text), family=escape(family)))
