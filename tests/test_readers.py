"""Every reader keeps the same promises: a text, a date or none, the same twice, and a sentence for what is damaged."""

from __future__ import annotations

import gzip
import importlib
import io
import json
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

import kg
from kg.build.work import work
from kg.cli import main
from kg.errors import SourceError
from kg.read import READERS, Item, Options, article, items, read, record
from kg.store import Store

HEADLINE = "Kazakhstan and Uzbekistan sign a plan"
BODY = (
    "TASHKENT. The presidents of Kazakhstan and Uzbekistan met in Tashkent on 3 March and signed a plan of trade.",
    "They said that trade between the two countries reached 4 billion dollars in 2024, and that it will grow further.",
)
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{HEADLINE} | Agency</title>
<meta property="og:title" content="{HEADLINE}">
<meta property="article:published_time" content="2025-03-04T08:00:00+05:00">
<link rel="canonical" href="https://news.example/1"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>{HEADLINE}</h1>{"".join(f"<p>{paragraph}</p>" for paragraph in BODY)}</article>
<footer>All rights are reserved by nobody at all.</footer></body></html>"""
TEXT = f" date 2025-03-04 {HEADLINE}\n" + "\n".join(BODY)
FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title>
<item><title>{HEADLINE}</title><link>https://news.example/1</link><pubDate>Tue, 04 Mar 2025 08:00:00 +0000</pubDate>
<description>&lt;p&gt;{BODY[0]}&lt;/p&gt;&lt;p&gt;{BODY[1]}&lt;/p&gt;</description></item>
<item><title>Second</title><description>Text</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>{HEADLINE}</title><link href="https://news.example/1"/><published>2025-03-04T08:00:00Z</published>
<content type="html">&lt;p&gt;{BODY[0]}&lt;/p&gt;&lt;p&gt;{BODY[1]}&lt;/p&gt;</content></entry></feed>"""
LINE = json.dumps({"title": HEADLINE, "body": "\n".join(BODY), "date": "2025-03-04", "url": "https://news.example/1"})


def warc(*pages: str, status: str = "200 OK", type_: str = "text/html") -> bytes:
    """A WARC file with a record for each page."""
    out = io.BytesIO()
    for number, page in enumerate(pages, 1):
        made = WarcRecord()
        made.init_headers(WarcRecordType.response)
        made.headers["WARC-Target-URI"] = f"https://news.example/{number}"
        made.headers["Content-Type"] = "application/http; msgtype=response"
        made.set_bytes_content(f"HTTP/1.1 {status}\r\nContent-Type: {type_}\r\n\r\n{page}".encode())
        made.write(out)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def tarred(mode: str, **members: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(f"./{name.replace('_', '.')}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


SAMPLES: dict[str, bytes] = {
    "": TEXT.encode(),
    ".txt": TEXT.encode(),
    ".html": PAGE.encode(),
    ".htm": PAGE.encode(),
    ".xhtml": ('<?xml version="1.0" encoding="utf-8"?>' + PAGE).encode(),
    ".rss": FEED.encode(),
    ".atom": ATOM.encode(),
    ".xml": FEED.encode(),
    ".jsonl": LINE.encode() + b"\n",
    ".ndjson": LINE.encode(),
    ".warc": warc(PAGE, PAGE),
    ".warc.gz": gzip.compress(warc(PAGE)) + gzip.compress(warc(PAGE)),
    ".zip": zipped(a_txt=TEXT.encode(), b_html=PAGE.encode(), notes_md=b"no article"),
    ".tar": tarred("w", a_txt=TEXT.encode()),
    ".tar.gz": tarred("w:gz", a_jsonl=LINE.encode()),
    ".tgz": tarred("w:gz", a_html=PAGE.encode()),
    ".tar.bz2": tarred("w:bz2", a_zip=zipped(a_txt=TEXT.encode())),
    ".tar.xz": tarred("w:xz", a_warc=warc(PAGE)),
}


@pytest.fixture(params=sorted(SAMPLES))
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A good file of each kind."""
    path = tmp_path / f"news{request.param}"
    path.write_bytes(SAMPLES[request.param])
    return path


def cut(path: Path | str, options: Options | None = None) -> Iterator[Item | SourceError]:
    return items([path], options)


def errors(path: Path) -> list[str]:
    """What is said of all that cannot be read in a file."""
    found = []
    for each in cut(path):
        try:
            if isinstance(each, SourceError):
                raise each
            article(each)
        except SourceError as error:
            found.append(str(error))
    return found


def test_every_reader_has_a_sample() -> None:
    assert set(SAMPLES) == set(READERS)


def test_the_article_is_read_whole(file: Path) -> None:
    found = read(file)
    assert found.headline == HEADLINE
    assert found.published == date(2025, 3, 4)
    assert found.text.splitlines() == [HEADLINE, *BODY]
    assert unicodedata.is_normalized("NFC", found.text)
    assert found.url in {None, "https://news.example/1"}


def test_the_same_file_gives_the_same_items_twice(file: Path) -> None:
    first, second = ([item.digest for item in cut(file) if isinstance(item, Item)] for _ in range(2))
    assert first == second
    assert first
    assert errors(file) == []


def test_evidence_lies_in_the_text(file: Path) -> None:
    extraction = kg.build.__globals__["extraction_of"](file)
    text = extraction.article.text
    assert extraction.facts
    for place in (place for fact in extraction.facts for place in fact.evidence):
        assert text[place.start:place.end].strip()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.97])
def test_a_file_cut_off_is_read_in_part_or_refused_in_sentences(file: Path, share: float) -> None:
    file.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
    for sentence in errors(file):
        assert sentence.count(": ") >= 1
        assert "\n" not in sentence
    if share == 0.0:
        assert errors(file)


@pytest.mark.parametrize("content", [
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 40, b"\x00" * 4000, b"<" * 5000, b"{" * 5000 + b"\n", b"[" * 5000,
    b"<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;&b;'>]><rss><item><title>&d;</title></item></rss>",
])  # fmt: skip
def test_hostile_files_never_raise_anything_else(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    for sentence in errors(file):
        assert "\n" not in sentence


def test_a_damaged_archive_says_so_after_its_whole_members(tmp_path: Path) -> None:
    for name, content in {
        "a.warc": warc(PAGE, PAGE)[:-200],
        "a.warc.gz": (gzip.compress(warc(PAGE)) + gzip.compress(warc(PAGE)))[:-60],
        "a.tar": tarred("w", a_txt=TEXT.encode(), b_txt=b"Headline\n" * 400)[:2600],
    }.items():
        (tmp_path / name).write_bytes(content)
        first, *_, last = cut(tmp_path / name)
        assert isinstance(first, Item)
        assert isinstance(last, SourceError)
        assert "damaged" in last.reason


def test_a_page_date_comes_from_what_it_declares_only(tmp_path: Path) -> None:
    shown = PAGE.replace('<meta property="article:published_time" content="2025-03-04T08:00:00+05:00">', "")
    (tmp_path / "a.html").write_text(shown.replace("<h1>", "<p>2024-жылдын 5-июну</p><p>5 June 2024</p><h1>"))
    assert read(tmp_path / "a.html").published is None
    told = '{"@graph": [{"datePublished": "2025-03-04"}]}'
    linked = shown.replace("</head>", f'<script type="application/ld+json">{told}</script></head>')
    (tmp_path / "b.html").write_text(linked)
    assert read(tmp_path / "b.html").published == date(2025, 3, 4)


def test_a_page_in_another_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", "windows-1251").replace(HEADLINE, "Президенты подписали план")
    (tmp_path / "a.html").write_bytes(page.encode("cp1251"))
    assert read(tmp_path / "a.html").headline == "Президенты подписали план"


def test_other_records_than_pages_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(
        warc("x", type_="image/png") + warc(PAGE, status="404 Not Found") + warc(PAGE, PAGE)
    )
    assert [each.source for each in cut(tmp_path / "a.warc") if isinstance(each, Item)] == [
        "https://news.example/1", "https://news.example/2",
    ]


def test_fields_of_json_lines_go_by_usual_or_given_names(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    first = '{"kop": "Headline", "matn": "Text", "kun": "2025-03-04"}'
    file.write_text(f'{first}\nnot json\n[1]\n\n{{"kop": 5}}\n{{"a": 1}}\n')
    options = Options(fields={"headline": "kop", "text": "matn", "published": "kun"})
    item, *rest = cut(file, options)
    assert isinstance(item, Item)
    assert (article(item).text, article(item).published) == ("Headline\nText", date(2025, 3, 4))
    assert [str(each).partition(": ")[2] for each in rest if isinstance(each, SourceError)] == [
        "the line is not JSON in UTF-8", "the line is not a JSON object",
    ]
    assert [each.source for each in rest if isinstance(each, Item)] == [f"{file.as_posix()}#{n}" for n in (5, 6)]
    assert errors(file)[-1].endswith("has neither a headline nor a text")


def test_archives_nest_only_so_deep(tmp_path: Path) -> None:
    content = zipped(a_txt=TEXT.encode())
    for _ in range(4):
        content = zipped(a_zip=content)
    (tmp_path / "a.zip").write_bytes(content)
    assert errors(tmp_path / "a.zip")[0].endswith("archives nest too deep")


def test_a_bomb_in_an_archive_is_never_unpacked_whole(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(a_txt=b"a" * 30_000_000, b_txt=TEXT.encode()))
    (sentence,) = errors(tmp_path / "a.zip")
    assert sentence.endswith("a.zip/a.txt: larger than 20 MB, which no article is")


def test_a_missing_extra_is_said_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib.import_module("kg.read.item"), "import_module", absent)
    for name, content in (("a.html", PAGE.encode()), ("a.rss", FEED.encode()), ("a.warc", warc(PAGE))):
        (tmp_path / name).write_bytes(content)
        (sentence,) = errors(tmp_path / name)
        assert "pip install 'elchi[web]'" in sentence


@pytest.mark.parametrize("ending", ["", ".html", ".rss", ".jsonl", ".zip", ".warc", ".warc.gz"])
def test_standard_input_is_known_by_its_first_bytes(
    ending: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stdin:
        buffer = io.BytesIO(SAMPLES[ending])

    monkeypatch.setattr("sys.stdin", Stdin)
    main(["extract", "-"])
    assert HEADLINE in capsys.readouterr().out


def test_addresses_are_opened_and_expanded_by_fsspec() -> None:
    memory = importlib.import_module("fsspec").filesystem("memory")
    memory.pipe({"/news/a.txt": TEXT.encode(), "/news/b.jsonl": LINE.encode(), "/news/page": PAGE.encode()})
    found = [article(each) for each in items(["memory://news/*.txt", "memory://news/b.jsonl", "memory://news/page"])]
    assert [each.headline for each in found] == [HEADLINE] * 3
    assert found[0].source == "memory:///news/a.txt"
    assert str(next(cut("memory://news/none.txt"))) == "memory://news/none.txt: there is no such file"
    assert "cannot be opened" in str(next(cut("nosuch://a/b.txt")))


def test_a_folder_of_everything_is_built(tmp_path: Path) -> None:
    for ending, content in SAMPLES.items():
        if ending:
            (tmp_path / f"news{ending}").write_bytes(content)
    report = kg.build([tmp_path], Store(seeds=[]))
    assert report.rejected == ()
    assert len(report.built) >= len(SAMPLES)


@pytest.mark.parametrize(("told", "expected"), [
    ("2025-03-04", date(2025, 3, 4)), ("2025-03-04 10:00", date(2025, 3, 4)), ("2025-13-04", None), ("soon", None),
])  # fmt: skip
def test_a_day_is_iso_or_none(told: str | None, expected: date | None) -> None:
    assert record.day(told) == expected


def test_what_a_worker_makes_of_bad_items_is_a_rejection() -> None:
    make: Callable[[str, bytes], Item] = lambda form, content: Item(source="a", form=form, content=content)  # noqa: E731
    for item in (make("html", b"<html></html>"), make("record", b'{"headline": "", "text": ""}'), make("text", b"")):
        assert type(work(item)).__name__ == "Rejected"
