"""The forms of unknown names: as printed, without their endings, and whole in the nominative, in Latin letters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from kg.article import EntityId
from kg.lang import Pack
from kg.normal import fold
from kg.text.forms import NONE, Feats, Forms
from kg.text.names import dictionary_form, likeliest, romanised
from kg.text.numbers import ByKind
from kg.text.tokens import Token

_SHORT = 5  # letters, with the ending
_LEAST_GIVEN = 4  # letters of a given name that is surely none of the short words with which sentences begin


class NameForms:
    """The names of one document: how they are inflected in it, and whose family names are known in it."""

    def __init__(self, words: Sequence[Token], pack: Pack, forms: Forms) -> None:
        self._words, self._pack, self._forms = words, pack, forms
        self._bearers: dict[str, EntityId] = {}
        self._given: dict[str, set[EntityId]] = {}

    @cached_property
    def _printed(self) -> frozenset[str]:
        return frozenset(token.text for token in self._words)

    def remember(self, family: str, bearer: EntityId) -> None:
        """Who is meant by a family name, folded, from now on; the first to bear it keeps it."""
        self._bearers.setdefault(family, bearer)

    def remember_given(self, given: str, bearer: EntityId) -> None:
        """Who has a given name, folded: he may be called by it alone ("Abiy", "Minh")."""
        if len(given) >= _LEAST_GIVEN:
            self._given.setdefault(given, set()).add(bearer)

    def called(self, word: str) -> tuple[EntityId, Feats] | None:
        """The one person of the document whose given name a word is, in any of its forms, and what its ending means."""
        forms = [(word, NONE), *self._forms.bare(word)]
        for form, feats in forms:
            if len(bearers := self._given.get(form, ())) == 1:
                return next(iter(bearers)), feats
        return None

    def bearer(self, family: str) -> EntityId | None:
        """Who is meant by a family name, folded, in exactly this form."""
        return self._bearers.get(family)

    def bearer_of_form(self, word: str) -> tuple[EntityId, Feats] | None:
        """Who is meant by a family name, folded, in any of its forms, and what its ending means."""
        if (id_ := self._bearers.get(word)) is not None:
            return id_, NONE
        for form, feats in self._forms.bare(word):
            if (id_ := self._bearers.get(form)) is not None:
                return id_, feats
        return None

    def family(self, word: str, case: Feats = NONE) -> tuple[str, Feats]:
        """A family name without its ending: as it is also printed bare, else in the case of the title before it, if
        that is told, else as names look.
        """
        options = self._forms.bare(word)
        for form, feats in options[1:]:
            if form in self._printed or fold(form) in self._bearers:
                return form, feats
        agreeing = [(form, feats & case) for form, feats in options[1:] if feats & case]
        return max(agreeing, key=lambda option: len(option[0])) if agreeing else likeliest(options, self._pack)

    def whole(self, i: int, j: int, case: Feats = NONE) -> str:
        """The name of tokens ``i`` to ``j`` in Latin letters, in the nominative: where names are declined word by word,
        so are the given names.
        """
        surname, feats = self.family(self._words[j - 1].text, case)
        declined = self._forms.name_paradigms if self._pack.head == "first" else ()
        return romanised(dictionary_form(self._words[i:j], surname, feats, declined), self._pack)


def after_initials(words: Sequence[Token], i: int, end: int) -> int:
    """The token after the initials that a name begins with."""
    while i + 2 < end and len(words[i].text) == 1 and words[i + 1].text == ".":
        i += 2
    return i


def initials_before(words: Sequence[Token], i: int) -> int:
    """Where the initials before a family name begin."""
    while i > 1 and words[i - 1].text == "." and len(words[i - 2].text) == 1 and words[i - 2].capital:
        i -= 2
    return i


def may_be_word(words: Sequence[Token], i: int, feats: Feats) -> bool:
    """Whether a short family name with an ending may be a common word that begins a sentence: "munda", here."""
    begins = i == 0 or not words[i - 1].text[-1].isalnum()
    return begins and bool(feats) and len(words[i].fold) <= _SHORT


def named_otherwise(tags: ByKind) -> frozenset[int]:
    """The tokens that name something else than a person."""
    return frozenset(
        k
        for kind in ("state", "organization", "region", "place", "body", "publisher", "month", "weekday", "office")
        for tag in tags.get(kind, {}).values()
        for k in range(tag.i, tag.j)
    )
