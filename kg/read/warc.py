"""WARC files, as Common Crawl News publishes them: an article for each page that was answered with HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from kg.errors import SourceError
from kg.read.item import LIMIT_BYTES, Item, Options, needed
from kg.read.open_ import seekable


def items(name: str, stream: IO[bytes], _: Options) -> Iterator[Item | SourceError]:
    """The pages in the records, named by their addresses; other records are passed over.

    Raises SourceError for a file that holds no record; one that is cut off gives its whole records and the error.
    """
    with seekable(stream) as whole:  # the library panics at a stream that only goes forward
        yield from _pages(name, whole)


def _pages(name: str, whole: IO[bytes]) -> Iterator[Item | SourceError]:
    warc = needed("fastwarc.warc", name)
    records = 0
    try:
        for record in warc.ArchiveIterator(whole, parse_http=True, auto_decode="all"):
            if "WARC-Type" not in record.headers:  # what is left of a record that was cut off
                yield _damage(name)
                return
            records += 1
            if _is_page(record, warc):
                yield _item(name, record)
    except OSError:  # all that the library raises for what it cannot read, and nothing at a clean end
        yield _damage(name)
        return
    if not records:
        raise SourceError(name, "the file holds no WARC record")


def _is_page(record: Any, warc: Any) -> bool:  # noqa: ANN401 - the extension module has no types
    answer = record.http_headers
    if record.record_type != warc.WarcRecordType.response or answer is None or answer.status_code != 200:
        return False
    return "html" in (record.http_content_type or "").lower()


def _item(name: str, record: Any) -> Item | SourceError:  # noqa: ANN401
    plain = not any(record.http_headers.get(coding) for coding in ("Content-Encoding", "Transfer-Encoding"))
    content = record.reader.read(LIMIT_BYTES + 1)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    source = url or f"{name}#{record.stream_pos}"
    if len(content) > LIMIT_BYTES:
        return SourceError(source, f"larger than {LIMIT_BYTES // 1_000_000} MB, which no article is")
    if plain and len(content) < record.content_length:
        return _damage(name)
    return Item(source=source, form="html", content=content, url=url or None)


def _damage(name: str) -> SourceError:
    return SourceError(name, "the file is damaged; its last records may be missing")
