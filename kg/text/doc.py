"""The document: an article as sentences, tags, sums, dates, persons and actors: all that an extractor may look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg import lang, seeds
from kg.article import Article, EntityId
from kg.lang import Pack
from kg.text.actors import Actor, assign_roles, preposed
from kg.text.cast import cast_of, place_states
from kg.text.dates import Date
from kg.text.detect import detect
from kg.text.hosts import place_hosts, without_strangers
from kg.text.interrupted import join_offices
from kg.text.lexicon import phrases
from kg.text.linking import LEADERS, in_office
from kg.text.numbers import ByKind, Money, money
from kg.text.parties import gathering_of, is_party, pair_of, pairs_in, regions_of
from kg.text.people import People
from kg.text.periods import dates_of
from kg.text.resolve import Frame, resolve
from kg.text.source import dateline, publisher, relayed_from
from kg.text.speakers import Quotation, quotations_with_speakers
from kg.text.tags import Tag, by_kind, set_regions_apart
from kg.text.titles import Person
from kg.text.tokens import Token, line_starts, quotations, sentences, spoken_lines, tokens
from kg.text.turns import RULE as TURN
from kg.text.turns import outside, turns

_RELAYED = 6  # tokens between a quotation and "says the statement"
_NAME_LENGTH = 8  # tokens of the longest name in quotation marks


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """Tokens ``i`` to ``j``, with all that begins in them; ``quote`` is the number of the quotation that it is in,
    ``pair`` the two parties that its paragraph is about, or else the article.
    """

    number: int
    i: int
    j: int
    quote: int | None = None
    pair: tuple[EntityId, ...] = ()
    tags: dict[str, list[Tag]] = field(default_factory=dict, repr=False)
    actors: list[Actor] = field(default_factory=list, repr=False)
    dates: list[Date] = field(default_factory=list, repr=False)
    money: list[Money] = field(default_factory=list, repr=False)


@dataclass(frozen=True, kw_only=True)
class Doc:
    """A parsed article; ``pack`` is None, and everything else empty, where no language was recognised.

    ``pair``: the two parties that the article is about; ``gathering``: the states of three leaders or more who met.
    ``regions`` are actors too, but only in what is said of trade: elsewhere a region is a place.
    """

    article: Article
    pack: Pack | None = None
    words: Sequence[Token] = ()
    sentences: Sequence[Sentence] = ()
    quotes: Sequence[Quotation] = ()
    tags: ByKind
    money: Sequence[Money] = ()
    dates: Sequence[Date] = ()
    persons: Sequence[Person] = ()
    actors: Sequence[Actor] = ()
    regions: Sequence[Actor] = ()
    pair: tuple[EntityId, ...] = ()
    gathering: tuple[EntityId, ...] = ()
    _states: dict[EntityId, EntityId | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of_kind(self, kind: str, sentence: Sentence) -> list[Tag]:
        """The tags of a kind in a sentence, in order."""
        return sentence.tags.get(kind) or []

    @property
    def sums(self) -> list[Money]:
        """The sums of money, each told once."""
        return [sum_ for sum_ in self.money if not sum_.again]

    def actors_in(self, sentence: Sentence) -> list[Actor]:
        """The actors of a sentence, in order."""
        return sentence.actors

    def dates_in(self, sentence: Sentence) -> list[Date]:
        """The dates of a sentence, in order."""
        return sentence.dates

    def money_in(self, sentence: Sentence) -> list[Money]:
        """The sums of a sentence, in order."""
        return sentence.money

    def span(self, i: int, j: int) -> tuple[int, int]:
        """Offsets in the text of tokens ``i`` to ``j``."""
        return self.words[i].start, self.words[j - 1].end

    def sentence_span(self, sentence: Sentence) -> tuple[int, int]:
        """Offsets in the text of a sentence."""
        return self.span(sentence.i, sentence.j)

    def in_quote(self, i: int) -> bool:
        """Whether a token stands in words that are quoted: a short quotation that nobody speaks is a name, the turns
        of a transcript are the article itself.
        """
        return i in self._quoted

    @cached_property
    def _quoted(self) -> frozenset[int]:
        spoken = (
            quote
            for quote in self.quotes
            if quote.rule != TURN
            and (quote.speaker or (quote.j - quote.i > _NAME_LENGTH and not self._is_official(quote)))
        )
        return frozenset(i for quote in spoken for i in range(quote.i, quote.j))

    def _is_official(self, quote: Quotation) -> bool:
        """Whether nobody but an office says it: "..., says the ministry's statement"; what it tells is reported."""
        return any(at in self.tags.get("relay", {}) for at in range(quote.j, quote.j + _RELAYED))

    def negated(self, verb: Tag) -> bool:
        """Whether a verb is denied: by its own form, or by a word beside it."""
        denials = self.tags.get("negation", {})
        last = self.pack is not None and self.pack.head == "last"
        return "NEG" in verb.feats or any(
            at in denials for at in ((verb.j,) if last else (verb.i - 1, verb.i - 2))
        )

    def speaker_at(self, i: int) -> EntityId | None:
        """Who says what stands at a token; None outside quotations and where it is not clear."""
        return next((quote.speaker for quote in self.quotes if quote.i <= i < quote.j), None)

    def parties(self, actors: Iterable[Actor]) -> list[EntityId]:
        """The states that some actors name, and the blocs that act as one party."""
        return [item for actor in actors for item in actor.states if is_party(item)]

    def place_role(self, tag: Tag) -> str:
        """The role of a place, by the preposition before it or the postposition after it, else by its ending."""
        if self.pack is None:
            return "NOM"
        if tag.j < len(self.words) and (role := self.pack.after.get(self.words[tag.j].fold)):
            return role
        for case, role in preposed(self.words, tag.i, self.pack).items():
            if not case or not tag.feats or case in tag.feats:
                return role
        return next((role for case, role in self.pack.case.items() if case in tag.feats), "NOM")

    def state_of(self, person: EntityId) -> EntityId | None:
        """The state or organisation that the article gives a person, that his title alone means, or that he is known to
        lead, if the article names it.
        """
        if person not in self._states:
            self._states[person] = self._state_of(person)
        return self._states[person]

    def states_of(self, actor: Actor) -> tuple[EntityId, ...]:
        """The states or organisations of an actor, else that of the person."""
        state = self.state_of(actor.person) if actor.person and not actor.states else None
        return (state,) if state else actor.states

    def _state_of(self, person: EntityId) -> EntityId | None:
        titles = [item.title for item in self.persons if item.id == person and item.title]
        told = [title.of for title in titles]
        told += [actor.states for actor in self.actors if actor.person == person and actor.rule == "our_leader"]
        for of in told:
            if of:
                return of[0]
        offices = {title.office for title in titles}
        known = {
            term.of
            for term in seeds.load().terms.get(person, ())
            if (term.office in offices if titles else term.office in LEADERS and self._names(term.of))
            and in_office(term, self.article.published)
        }
        if not known and offices <= {"former"}:
            known = {term.of for term in seeds.load().terms.get(person, ()) if self._names(term.of) or titles}
        return known.pop() if len(known) == 1 else None

    def _names(self, state: EntityId | None) -> bool:
        return any(state in actor.states for actor in self.actors)


def parse(article: Article) -> Doc:
    """Read an article's text: its language, and everything in it that is known. Raises PackError or SeedError."""
    words = tokens(article.text)
    tag = article.language or detect(words, lang.signs())
    if tag is None:
        return Doc(article=article, tags={})
    known = phrases(tag)
    pack = known.pack
    found = by_kind(known.match(words))
    set_regions_apart(found, words)
    if pack.head != "last":
        join_offices(known, words, found)
    starts = line_starts(article.text, words)
    people = People(words, found, pack, article.published, frozenset(starts))
    ranges = sentences(article.text, words, frozenset(pack.abbreviations))
    spoken = spoken_lines(article.text, words, found.get("speech", {}))
    marked = sorted({*quotations(words, pack.quotes), *spoken})
    article = _with_origin(replace(article, language=tag), words, found)
    actors = _actors(words, found, pack, people)
    terms = seeds.load().terms
    place_hosts(people.persons, actors, ranges, terms)
    people.persons, actors = without_strangers(people.persons, actors, terms)
    regions = regions_of(actors)
    actors = [actor for actor in actors if actor.kind != "region" and actor.rule != "region"]
    pair = pair_of(actors, ranges, article.published)
    pairs = pairs_in(actors, ranges, starts, pair, article.published)
    press = EntityId(f"state/{pack.home}") if pack.home else None
    resolve(actors, article, people.persons, Frame(pair, pairs, ranges, words, marked, press))
    told = turns(article.text, words, found, actors)
    quotes = [*quotations_with_speakers(words, list(outside(marked, told)), found, actors, ranges)]
    quotes += [Quotation(i, j, speaker, TURN) for i, j, speaker in told]
    quotes.sort(key=lambda quote: quote.i)
    doc = Doc(
        article=article,
        pack=pack,
        words=words,
        tags=found,
        quotes=quotes,
        sentences=_sentences(ranges, pairs, quotes),
        money=money(words, found, pack),
        dates=dates_of(article, words, found, pack),
        persons=people.persons,
        actors=actors,
        regions=regions,
        pair=pair,
        gathering=gathering_of(actors, ranges, pair),
    )
    _fill_sentences(doc)
    return doc


def _sentences(
    ranges: Sequence[tuple[int, int]], pairs: Sequence[tuple[EntityId, ...]], quotes: Sequence[Quotation]
) -> list[Sentence]:
    """Sentences of these tokens, each with the pair of its paragraph and the quotation that it stands in."""
    places = [(quote.i, quote.j) for quote in quotes]
    return [
        Sentence(number=number, i=i, j=j, quote=_quote(places, i, j), pair=pairs[number])
        for number, (i, j) in enumerate(ranges)
    ]


def _actors(words: Sequence[Token], tags: ByKind, pack: Pack, people: People) -> list[Actor]:
    """Whoever acts in the text, with their roles."""
    actors = list(cast_of(tags, people, last=pack.head == "last"))
    assign_roles(actors, words, pack, frozenset(tags.get("and", {})))
    place_states(actors, words, tags)
    return actors


def _with_origin(article: Article, words: Sequence[Token], tags: ByKind) -> Article:
    """The article with its publisher, the place of its dateline, and whom it credits."""
    return replace(
        article,
        publisher=publisher(article, words, tags),
        dateline=dateline(article.text),
        relayed_from=relayed_from(tags),
    )


def _fill_sentences(doc: Doc) -> None:
    """Put what the text holds into the sentence that it begins in, once, instead of looking for it again and again."""
    of_token = [sentence for sentence in doc.sentences for _ in range(sentence.i, sentence.j)]
    for kind, tags in doc.tags.items():
        for at, tag in tags.items():
            of_token[at].tags.setdefault(kind, []).append(tag)
    for actor in doc.actors:
        of_token[actor.i].actors.append(actor)
    for item in doc.dates:
        of_token[item.i].dates.append(item)
    for sum_ in doc.money:
        of_token[sum_.i].money.append(sum_)


def _quote(quotes: Sequence[tuple[int, int]], i: int, j: int) -> int | None:
    """The quotation that holds at least the first half of a sentence."""
    middle = (i + j) // 2
    return next(
        (number for number, (start, end) in enumerate(quotes) if start <= middle < end and start <= i + 1), None
    )
