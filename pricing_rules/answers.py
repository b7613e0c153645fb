"""What the library answers with: frozen records, compared by value."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from pricing_rules.amounts import fraction
from pricing_rules.spelling import brief

Basis = Literal["documented", "inferred"]
Value = int | str | bool
TIMES = "\N{MULTIPLICATION SIGN}"
MARKS = {ord(mark): shown for mark, shown in zip("&<>\"'", ("&amp;", "&lt;", "&gt;", "&quot;", "&#x27;"), strict=True)}
Limit = int | Decimal | str | tuple[Value, ...]


@frozen
class Violation:
    """One fault of a request.

    Attributes:
        path: JSON Pointer to the fault in the request body, such as `/input/image_urls/3`; "" is the body itself.
        rule: id of the broken rule, such as `duration.one_of`.
        message: one sentence: what is allowed, what came, the nearest match.
        limit: what is allowed; None where there is no limit to name, as for a field that is missing or not taken.
        basis: whether the rule is printed in a document or rests on a reading.
        source: document and heading of the rule; for a reading also its reason.
    """

    path: str
    rule: str
    message: str
    limit: Limit | None
    basis: Basis
    source: str

    def __repr__(self) -> str:
        return brief(self, "path", "rule", "message")


@frozen
class Parameters:
    """What a price depends on, defaults filled in; None where the model has no such parameter.

    Attributes:
        duration: tier of the clip's length, in seconds.
        resolution: tier of the result's size.
        outputs: how many results one request makes.
        audio: tier of the sound.
    """

    duration: Value | None
    resolution: Value | None
    outputs: int | None
    audio: Value | None


@frozen
class Line:
    """One factor of a price.

    Attributes:
        factor: base, duration, resolution, outputs, audio or custom; under overlays also charge, rate or minimum.
        value: the request's value of that parameter; None for factors that are none and for what the model has not.
        multiplier: exact; of base and of the charge of the seller below, credits.
        basis: whether the multiplier is printed in a document or is a reading.
        source: document and heading; for a reading also its reason.
    """

    factor: str
    value: Value | None
    multiplier: Fraction
    basis: Basis
    source: str

    def __str__(self) -> str:
        """Write the multiplier and what it is for: "3 (15 s)", "2 (outputs)"."""
        tier = "" if self.value is None or self.factor == "outputs" else with_unit(self.factor, self.value)
        named = tier or (self.factor if self.factor not in ("base", "charge") else "")
        return f"{fraction(self.multiplier)} ({named})" if named else fraction(self.multiplier)

    def __repr__(self) -> str:
        return brief(self, "factor", "value", "multiplier", "basis")

    @property
    def counts(self) -> bool:
        """Whether the factor takes part in the price: a tier of the model, or anything but 1."""
        is_tier = self.value is not None and self.factor != "outputs"
        return self.factor in ("base", "charge") or self.multiplier != 1 or is_tier


@frozen
class Layer:
    """An overlay under which a price was made.

    Attributes:
        id: the overlay.
        version: its ISO date.
        of: whether it is a seller of its own, over the charge of the one below, or a plan inside its formula.
        shows: what may be told outside: the amount alone, or the working too.
    """

    id: str
    version: str
    of: Literal["product", "charge"]
    shows: Literal["price", "working"]


AMOUNTS = ("service", "model", "credits", "usd", "parameters", "catalog_version")


@frozen
class Quote:
    """What one request costs and why.

    `str` is one line with the working, a notebook shows a table; where a layer shows the price only, both tell the
    amount alone.

    Attributes:
        service: id of the service that charges.
        model: id of the model.
        credits: the charge in credits, rounded up once to the service's unit.
        usd: the charge in US dollars; None where the service publishes no price of a credit.
        parameters: what the price depends on.
        lines: six factors in the order of the formula, under overlays what the sellers add; they multiply to `exact`.
        exact: the product before rounding, in credits.
        rounding: what the rounding added, in credits.
        basis: documented only if the price page prints this amount for this tier by name.
        notes: why the amount is inferred and what else a reader should know.
        sources: where the numbers come from.
        catalog_version: ISO date of the service's catalog.
        fingerprint: content of the catalog, such as `pr1:51f67db39a68caa0`; equal where `diff` finds nothing.
        cost: over the charge of another seller, the whole quote of that seller: what the request costs this one.
        layers: the overlays under which it was made, from the bottom up.
    """

    service: str
    model: str
    credits: Decimal
    usd: Decimal | None
    parameters: Parameters
    lines: tuple[Line, ...]
    exact: Fraction
    rounding: Fraction
    basis: Basis
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    catalog_version: str
    fingerprint: str
    cost: "Quote | None" = None
    layers: tuple[Layer, ...] = ()

    @property
    def is_private(self) -> bool:
        """Whether a layer keeps all but the amounts inside."""
        return any(layer.shows == "price" for layer in self.layers)

    @property
    def charge(self) -> str:
        """The amount in words: "7.2 credits, $0.036"."""
        noun = "credit" if self.credits == 1 else "credits"
        return f"{written(self.credits)} {noun}{'' if self.usd is None else f', {dollars(self.usd)}'}"

    @property
    def working(self) -> str:
        """How the amount is made: its factors, their product, and whether that is rounded up."""
        used = [line for line in self.lines if line.counts]
        product = fraction(self.exact)
        equals = "" if len(used) == 1 and not self.rounding else f" = {product}"
        return f"{f' {TIMES} '.join(map(str, used))}{equals}{', rounded up' if self.rounding else ''}"

    def __str__(self) -> str:
        place = f"{self.model} at {self.service}"
        if self.is_private:
            return f"{self.charge} · {place}"
        return f"{self.charge}: {self.working} · {place} · {self.basis}"

    def __repr__(self) -> str:
        return brief(self, "service", "model", "credits", *(() if self.is_private else ("basis",)))

    def _repr_html_(self) -> str:
        if self.is_private:
            return f"<p>{escaped(str(self))}</p>"
        rows = (
            (line.factor, with_unit(line.factor, line.value), fraction(line.multiplier), line.basis, line.source)
            for line in self.lines
        )
        return html_table(str(self), ("factor", "value", "multiplier", "basis", "source"), rows)


def written(value: Value | Decimal | None) -> str:
    """Write a value as JSON would, text without its quotes, None as nothing."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def with_unit(name: str, value: Value | Decimal | None) -> str:
    """Write the value of a parameter or amount for people: "15 s", "$0.012"."""
    match name, value:
        case "duration", int() | str():
            return f"{value} s"
        case "usd", Decimal():
            return dollars(value)
        case _:
            return written(value)


def dollars(amount: Decimal) -> str:
    """Write US dollars with two decimals or as many as it takes: "$0.20", "$0.012"."""
    whole, _, part = written(amount).partition(".")
    return f"${whole}.{part:0<2}"


def html_table(caption: str, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table as notebooks show it; text stays text."""
    head = "".join(f"<th>{escaped(name)}</th>" for name in headings)
    body = "".join(f"<tr>{''.join(f'<td>{escaped(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escaped(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def escaped(text: str) -> str:
    """Write text so that HTML shows it as it is."""
    return text.translate(MARKS)
