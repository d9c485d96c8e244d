"""What the persons of a list share: "X's prime minister A, finance minister B and trade minister C" are all of X."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.article import EntityId
from kg.seeds import Term
from kg.text.titles import LEADS_STATE, Person
from kg.text.tokens import Token

_LONGEST_JOINT = 3  # tokens between two members of a list: a comma, "and also"


def share_states(
    persons: Iterable[Person],
    words: Sequence[Token],
    ands: Container[int],
    terms: Mapping[EntityId, Sequence[Term]],
    verbs: Container[int],
) -> None:
    """Give each stateless title in a list of persons the state of the title before it.

    Not to known leaders, who stand for their own states, nor to someone who served another.
    """
    for one, two in pairwise(persons):
        if one.title is None or two.title is None or two.title.of:
            continue
        if len(one.title.of) != 1 or not _joined(one.j, two.title.i, words, ands):
            continue
        if two.j in verbs and not any(at in ands for at in range(one.j, two.title.i)):
            continue  # "..., spokesman N said" begins anew
        known = {term.of for term in terms.get(two.id, ())}
        if not known or (one.title.of[0] in known and two.title.office not in LEADS_STATE):
            two.title = replace(two.title, of=one.title.of, rule="state of the list")


def _joined(i: int, j: int, words: Sequence[Token], ands: Container[int]) -> bool:
    return 0 < j - i <= _LONGEST_JOINT and all(words[k].text == "," or k in ands for k in range(i, j))
