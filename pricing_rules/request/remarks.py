"""What the rest of a request says about its price: values that may override it, and the endpoint's notes."""

from collections.abc import Collection, Iterator
from itertools import compress

from attrs import evolve

from pricing_rules.amounts import is_number
from pricing_rules.answers import Basis, Quote
from pricing_rules.catalog.records import Catalog, Field, Note
from pricing_rules.catalog.rulebook import Rulebook
from pricing_rules.request.body import is_given, value_of

Remark = Field | Note  # a field that makes a quote inferred, or a note on one


def remarks(book: Rulebook) -> tuple[Remark, ...]:
    """Return every remark that a request to a model can call for."""
    fields = (rules.field for rules in book.fields.values() if rules.field.makes_inferred)
    return (*fields, *(book.endpoint.notes if book.endpoint else ()))


def called_for(catalog: Catalog, book: Rulebook, body: object) -> Iterator[bool]:
    """Tell of each remark whether a valid request calls for it."""
    for remark in remarks(book):
        if isinstance(remark, Field):
            yield is_given(value_of(body, remark))
        else:
            value = value_of(body, catalog.fields[remark.field])
            size = list.__len__(value) if isinstance(value, list) else value
            yield is_number(size) and size > remark.above  # type: ignore[operator]


def remarked(found: Quote, book: Rulebook, called: Collection[bool]) -> Quote:
    """Add to a quote, and to what it costs the seller, the remarks that its request calls for."""
    said = tuple(compress(remarks(book), called))
    if not said:
        return found
    why = [remark.makes_inferred.source for remark in said if isinstance(remark, Field) and remark.makes_inferred]
    notes = [remark.about for remark in said if isinstance(remark, Note)]
    basis: Basis = "inferred" if why else found.basis
    every, sources = dict.fromkeys((*found.notes, *why, *notes)), dict.fromkeys((*found.sources, *why))
    cost = found.cost and remarked(found.cost, book, called)
    return evolve(found, basis=basis, notes=tuple(every), sources=tuple(sources), cost=cost)
