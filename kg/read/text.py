"""Plain text files: bytes to an article, in whatever encoding they came.

The first line is the headline, alone or after its date; front matter may stand before it:

    ---
    url: https://example.org/news/1
    published: 2025-08-22
    illustrative: yes
    ---
     date 2025-08-22 Trade between the two countries reached 2 billion dollars
    BISHKEK. Agency - The presidents ...
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import IO

from charset_normalizer import from_bytes

from kg.article import Article
from kg.errors import SourceError
from kg.read.item import Item, Options, limited

KEYS = ("url", "published", "publisher", "illustrative")
"""What front matter may say. The publisher is read from the text; ``illustrative`` is for the human reader."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the first half of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The eight-bit encodings in which the press of the region is found; a longer list only adds wrong guesses.
_LEGACY = ["cp1251", "koi8_r", "cp866", "iso8859_5", "cp1252", "cp1254"]
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<lines>(?:[ \t]*\n|#.*\n|[A-Za-z][\w-]*:.*\n)*)---[ \t]*\n")
_DATE_LINE = re.compile(r"date:?\s+(?P<date>\d{4}-\d\d-\d\d)(?:\s+(?P<headline>\S.*))?$", re.IGNORECASE)
# Where cp1251 has letters of the Balkans, its Kazakh variant has Қ, Ң, Ә and Һ.
_BALKAN = re.compile(r"[ЌќЅѕЈјЋћ]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(r"[^\x00-\x7f�]")


def items(name: str, stream: IO[bytes], _: Options) -> Iterator[Item | SourceError]:
    """The file as one item. Raises SourceError."""
    try:
        content = limited(stream, name)
    except OSError as error:
        raise SourceError(name, f"the file cannot be read ({(error.strerror or str(error)).lower()})") from None
    yield Item(source=name, form="text", content=content)


def decoded(item: Item) -> Article:
    """The article of an item that is a text file. Raises SourceError."""
    return article(item.content, source=item.source)


def article(content: bytes, *, source: str) -> Article:
    r"""The article in the bytes of a text file; offsets will count the code points of its ``text``.

    Line ends become ``\n`` and the text Unicode NFC; line breaks inside paragraphs stay. Raises SourceError.

    >>> a = article(" date 2025-08-22 Headline\r\nASTANA. Body".encode(), source="a.txt")
    >>> a.text, a.published, a.encoding
    ('Headline\nASTANA. Body', datetime.date(2025, 8, 22), 'utf-8')
    """
    text, encoding = decode(content, source=source)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    keys, text = _front_matter(text.lstrip())
    first, _, rest = text.lstrip().partition("\n")
    told = _DATE_LINE.match(first.rstrip())
    if told and not told["headline"]:  # the headline is on a line of its own
        first, _, rest = rest.lstrip().partition("\n")
    headline = (told["headline"] or first if told else first).strip()
    if not headline:
        raise SourceError(source, "the file holds no text")
    body = rest.strip()
    published = told["date"] if told else keys.get("published")
    return Article(
        source=source,
        headline=headline,
        text=f"{headline}\n{body}" if body else headline,
        published=_day(published, source=source),
        url=keys.get("url"),
        encoding=encoding,
    )


def decode(content: bytes, *, source: str) -> tuple[str, str]:
    """The text in the bytes, and the encoding that it was in: UTF-8 if at all possible, else the likeliest.

    A character cut off by the end of the file is dropped. Raises SourceError for what is not text.

    >>> decode("Переговоры прошли в Бишкеке, сообщает агентство.".encode("koi8-r"), source="a.txt")
    ('Переговоры прошли в Бишкеке, сообщает агентство.', 'koi8_r')
    """
    if not content.strip():
        raise SourceError(source, "the file is empty")
    text, encoding = _marked(content) or _utf8(content) or _legacy(content) or ("\0", "")
    if _CONTROL.search(text):
        raise SourceError(source, "the file is not text, or in an encoding that cannot be told")
    return text, encoding


def _marked(content: bytes) -> tuple[str, str] | None:
    """What a byte order mark at the start says."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            text = content.decode(encoding, errors="replace")
            return text.removeprefix("\ufeff"), encoding
    return None


def _utf8(content: bytes) -> tuple[str, str] | None:
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content), "utf-8"
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
    # A few damaged bytes in a text that else is UTF-8 must not turn all of it into another alphabet.
    if len(_MULTIBYTE.findall(text)) > 20 * text.count("�"):
        return text, "utf-8"
    return None


def _legacy(content: bytes) -> tuple[str, str] | None:
    if b"\0" in content:
        return None
    best = from_bytes(content, cp_isolation=_LEGACY).best()
    if best and best.encoding == "cp1251" and _BALKAN.search(str(best)):
        return content.decode("kz1048", errors="replace"), "kz1048"
    return (str(best), best.encoding) if best else None


def _front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """The keys between two lines of dashes at the start, and the text after them."""
    block = _FRONT_MATTER.match(text)
    if not block:
        return {}, text
    pairs = (line.partition(":") for line in block["lines"].splitlines() if not line.startswith("#"))
    keys = {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs if value.strip()}
    return {key: keys[key] for key in KEYS if key in keys}, text[block.end() :]


def _day(told: str | None, *, source: str) -> date | None:
    if told is None:
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise SourceError(source, f"{told} is no date of the form YYYY-MM-DD") from None
