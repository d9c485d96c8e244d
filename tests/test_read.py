"""Files become articles, whatever their encoding; what is no article is refused in one sentence."""

from __future__ import annotations

import os
import random
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.read import item, read, sources, text

RUSSIAN = (
    "Президент Казахстана Касым-Жомарт Токаев прибыл с официальным визитом в Бишкек.\n"
    "Товарооборот между двумя странами достиг двух миллиардов долларов."
)
KAZAKH = (
    "Қазақстан Президенті Қасым-Жомарт Тоқаев Бішкек қаласына ресми сапармен келді.\n"
    "Екі ел арасындағы тауар айналымы екі миллиард долларға жетті."
)
UZBEK = "Қозоғистон ва Қирғизистон президентлари Бишкекда учрашди.\nТовар айирбошлаш ҳажми 2 миллиард долларга етди."


def article(content: str | bytes) -> text.Article:
    return text.article(content if isinstance(content, bytes) else content.encode(), source="a.txt")


def test_the_sample_article_has_headline_date_and_text(sample: Path) -> None:
    read_ = read(sample)
    assert read_.headline.startswith("Қозоғистон ва Қирғизистон ўртасидаги")
    assert read_.published == date(2025, 8, 22)
    assert read_.text.startswith(f"{read_.headline}\nBISHKEK. Кazinform")
    assert read_.encoding == "utf-8"
    assert read_.language is None  # the parser's to say


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (" date 2025-08-22 Headline\n", date(2025, 8, 22)),
        ("date: 2025-08-22 Headline\n", date(2025, 8, 22)),
        ("Date 2025-08-22\nHeadline\n", date(2025, 8, 22)),
        ("Headline\n", None),
        ("\n\n  Headline  \n\n", None),
        ("---\npublished: 2025-08-22\nurl: https://example.org/1\n---\nHeadline\n", date(2025, 8, 22)),
        ("---\npublished: 2025-08-21\n---\n date 2025-08-22 Headline\n", date(2025, 8, 22)),
    ],
)
def test_the_headline_stands_alone_or_after_its_date(head: str, published: date | None) -> None:
    read_ = article(f"{head}ASTANA. Body\n")
    assert (read_.headline, read_.text, read_.published) == ("Headline", "Headline\nASTANA. Body", published)


def test_front_matter_gives_the_url_and_stays_out_of_the_text() -> None:
    read_ = article("---\nurl: https://example.org/1\nillustrative: yes\n# a remark\ntags: a, b\n---\nHeadline\nBody")
    assert read_.url == "https://example.org/1"
    assert read_.text == "Headline\nBody"


def test_dashes_that_are_no_front_matter_stay_text() -> None:
    assert article("---\nHeadline without an end\n").text == "---\nHeadline without an end"


def test_a_date_inside_a_headline_is_part_of_it() -> None:
    read_ = article("Up to date 2025-08-22 report\nBody")
    assert (read_.headline, read_.published) == ("Up to date 2025-08-22 report", None)


def test_a_lone_headline_is_an_article() -> None:
    assert article("Headline").text == "Headline"


def test_line_ends_are_one_character_and_breaks_inside_paragraphs_stay() -> None:
    text_ = article("Headline\r\nOne\rsentence\nin lines\r\n\r\nNext").text
    assert text_ == "Headline\nOne\nsentence\nin lines\n\nNext"


def test_the_text_is_composed_so_that_offsets_are_those_of_nfc() -> None:
    assert article(unicodedata.normalize("NFD", "Йил якуни\nЎзбекистон")).text == "Йил якуни\nЎзбекистон"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (UZBEK.encode(), "utf-8"),
        (UZBEK.encode("utf-8-sig"), "utf-8"),
        (UZBEK.encode("utf-16"), "utf-16"),
        (UZBEK.encode("utf-32"), "utf-32"),
        (RUSSIAN.encode("cp1251"), "cp1251"),
        (RUSSIAN.encode("koi8-r"), "koi8_r"),
        (RUSSIAN.encode("cp866"), "cp866"),
        (KAZAKH.encode("kz1048"), "kz1048"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_encodings_are_recognised_and_named(content: bytes, encoding: str) -> None:
    read_ = article(content)
    assert read_.text in {UZBEK, RUSSIAN, KAZAKH}
    assert read_.encoding == encoding


def test_a_file_cut_inside_a_character_is_still_utf8() -> None:
    assert article("Ўзбекистон ва Қозоғистон".encode()[:-1]).text == "Ўзбекистон ва Қозоғисто"


def test_a_damaged_byte_does_not_change_the_alphabet() -> None:
    read_ = article(UZBEK[:40].encode() + b"\xff" + UZBEK[40:].encode())
    assert read_.encoding == "utf-8"
    assert read_.text.replace("�", "") == UZBEK


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "holds no text"),
        (b" date 2025-08-22 \n\n", "holds no text"),
        (b"---\nurl: https://example.org\n---\n", "holds no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not text"),
        (random.Random(1).randbytes(5000), "not text"),
        (UZBEK.encode("utf-16-le"), "not text"),
        (b" date 2025-02-30 Headline\nBody", "2025-02-30"),
        (b"---\npublished: yesterday\n---\nHeadline\nBody", "yesterday"),
    ],
)
def test_what_is_no_article_is_refused_in_one_sentence(content: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        article(content)
    assert str(caught.value).startswith("a.txt: ")
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_a_source_error(content: bytes) -> None:
    try:
        read_ = article(content)
    except SourceError:
        return
    assert read_.text.startswith(read_.headline)
    assert unicodedata.is_normalized("NFC", read_.text)


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item, "LIMIT_BYTES", 1_000_000)
    huge = tmp_path / "huge.txt"
    huge.write_bytes(b"a" * 1_000_001)
    with pytest.raises(SourceError, match=r"huge.txt: larger than 1 MB"):
        read(huge)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    for name, reason in {
        "missing.txt": "no such file",
        "link.txt": "the link points to a file that is not there",
        "empty": "holds no article",
        "pipe.txt": "not a regular file",
        "scan.pdf": "no reader",
        "*.text": "no file matches",
        "x" * 300 + ".txt": "cannot be read",
    }.items():
        with pytest.raises(SourceError, match=reason):
            read(tmp_path / name)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_text("Headline")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # permissions do not bind the superuser, who may run the tests
    with pytest.raises(SourceError, match=r"closed.txt: the file cannot be read \(permission denied\)"):
        read(closed)


def test_sources_expands_folders_and_patterns_sorted_and_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/c.TXT", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Headline")
    found = sources([tmp_path / "b.txt", tmp_path, str(tmp_path / "*.txt")])
    assert [Path(file).relative_to(tmp_path).as_posix() for file in found] == ["b.txt", "a.txt", "deep/c.TXT"]


def test_a_source_that_stands_for_nothing_is_kept_for_its_error(tmp_path: Path) -> None:
    wanted = [tmp_path, tmp_path / "missing.txt", tmp_path / "*.txt"]
    assert list(sources(wanted)) == [path.as_posix() for path in wanted]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "[1].txt").write_text("Headline")
    assert list(sources([tmp_path / "[1].txt"])) == [f"{tmp_path.as_posix()}/[1].txt"]
