"""Folding text one character for one, so that offsets into the folded text are offsets into the text."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʻʼ`´ʹ′"), "'")
_YO = {ord("ё"): "е"}  # printed or not as the paper likes
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_MARKS = _APOSTROPHES | _DASHES | _YO
# Letters that look alike in both scripts (Unicode confusables); used only inside words that mix scripts.
_CYRILLIC = "асеорхукАСЕОРХУКВМНТЗі"
_LATIN = "aceopxykACEOPXYKBMHT3i"
_TO_LATIN = dict(zip(map(ord, _CYRILLIC), _LATIN, strict=True))
_TO_CYRILLIC = {ord(latin): cyrillic for cyrillic, latin in zip(_CYRILLIC, _LATIN, strict=True) if latin != "3"}


def fold(text: str) -> str:
    """Lower case, one apostrophe, one dash, е for ё; exactly as long as the text.

    >>> fold("O‘zbekiston — İRAN"), len(fold("İ"))
    ("o'zbekiston - iran", 1)
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower()[0] for char in text)
    return lower.translate(_MARKS)


def unmix(word: str) -> str:
    """A word that mixes Cyrillic and Latin look-alikes, in the script of most of its letters.

    >>> unmix("Кazinform"), unmix("Kazinform"), unmix("Тоқаeв")
    ('Kazinform', 'Kazinform', 'Тоқаев')
    """
    if word.isascii():
        return word
    latin = sum("a" <= char <= "z" or "A" <= char <= "Z" for char in word)
    if not latin:
        return word
    cyrillic = sum("Ѐ" <= char <= "ӿ" for char in word)
    if not cyrillic:
        return word
    return word.translate(_TO_LATIN if latin > cyrillic else _TO_CYRILLIC)


def squeeze(text: str) -> str:
    r"""A name as it is compared: NFC, folded, white space collapsed.

    >>> squeeze("  Gulf\n States ")
    'gulf states'
    """
    return " ".join(fold(unicodedata.normalize("NFC", text)).split())
