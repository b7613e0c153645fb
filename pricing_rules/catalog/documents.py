"""Records of the documents that a catalog was made from: what of each its sources mean. No part of any price."""

from collections.abc import Mapping

from attrs import frozen

from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.strict import Words


@frozen(eq=False, repr=False)
class Section:
    """The part of a document that a source means.

    Attributes:
        from_: the line before it, the only one of the document that reads so.
        until: the line after it, likewise; without, it goes on to the end.
        sha256: of its lines as they were read, in hexadecimal; without, nobody can tell whether they have changed.
    """

    from_: Words
    until: Words | None = None
    sha256: str | None = None


@frozen(eq=False, repr=False)
class Document:
    """A page that facts were read from.

    Attributes:
        read: ISO date of the day on which it was read.
        url: where it stands; None where that is not known.
        sections: what each source means, by its id.
    """

    read: str
    url: str | None = None
    sections: Mapping[str, Section] = EMPTY
