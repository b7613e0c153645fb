"""The exceptions, each with the built-in base that callers already catch."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from attrs import frozen

from pricing_rules.answers import Quote, Violation
from pricing_rules.spelling import listed, nearest, printable, shown


class PricingRulesError(Exception):
    """Base of every error that this library raises on purpose."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shown(str(self))})"


class InvalidRequest(PricingRulesError, ValueError):
    """A request breaks rules.

    Attributes:
        violations: every fault, as `validate` lists them.
    """

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(violations)
        self.violations = violations

    def __str__(self) -> str:
        return " ".join(f"{violation.path or 'body'}: {violation.message}" for violation in self.violations)


class Unpriced(PricingRulesError, ValueError):
    """No price can be told.

    Attributes:
        model: id of the model.
        missing: the priced parameters without a usable value.
        options: the prices that fit the rest, at the same outputs, custom multiplier and instant.
        got: of the missing ones that were given, what came, by name.
    """

    def __init__(
        self,
        model: str,
        missing: tuple[str, ...],
        options: tuple[Quote, ...],
        got: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        super().__init__(model, missing, options, dict(got))
        self.model = model
        self.missing = missing
        self.options = options
        self.got = dict(got)

    def __str__(self) -> str:
        if not self.missing:
            return f"{shown(self.model)} has no price at that instant."
        faults = ", and ".join(map(self._fault, self.missing))
        prices = listed(sorted({option.credits for option in self.options}))
        return f"{shown(self.model)} {faults}. It could cost {prices} credits."

    def _fault(self, name: str) -> str:
        values = dict.fromkeys(getattr(option.parameters, name) for option in self.options)
        came = f"; got {shown(self.got[name])}" if name in self.got else ""
        if None in values or not values:
            return f"is not priced by {name}{came}"
        if name == "outputs":
            return f"has no price for these outputs{came}"
        unit = " s" if name == "duration" else ""
        return f"{'takes' if came else 'needs'} a {name} of {listed(values)}{unit}{came}"


class UnknownName(PricingRulesError, LookupError):
    """A name is not known.

    Attributes:
        name: what was asked for.
        nearest: known names that look like it, best first.
        known: every known name.
    """

    kind = "name"

    def __init__(self, name: object, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        self.nearest = nearest(name, self.known) if isinstance(name, str) else ()
        super().__init__(name, self.known)

    def __str__(self) -> str:
        guess = f"Did you mean {listed(self.nearest)}?" if self.nearest else f"Known: {listed(self.known, 'and')}."
        return f"There is no {self.kind} {shown(self.name)}. {guess}"


class UnknownModel(UnknownName):
    """The catalog has no such model."""

    kind = "model"


class UnknownService(UnknownName):
    """No bundled catalog has this id."""

    kind = "service"


class UnknownEndpoint(UnknownName):
    """The catalog has no such endpoint."""

    kind = "endpoint"


class UnknownResponse(UnknownName):
    """The catalog documents no response with this id."""

    kind = "documented response"


@frozen
class CatalogFault:
    """One fault of a catalog file.

    Attributes:
        key: dotted path of the key in the file; "" where the file as a whole is at fault.
        reason: what is wrong and what is allowed.
    """

    key: str
    reason: str


class CatalogError(PricingRulesError, ValueError):
    """A catalog file cannot be used.

    Attributes:
        file: the file's name.
        faults: what is wrong with it, in the order of the file, at most a hundred faults; of a file that is no TOML
            that alone, then what is wrong with its shape, then with its meaning.
        more: how many faults there are beyond these.
        key: where the first fault is.
        reason: what it is.
    """

    def __init__(self, file: str, faults: tuple[CatalogFault, ...], more: int = 0) -> None:
        super().__init__(file, faults, more)
        self.file = file
        self.faults = faults
        self.more = more
        self.key = faults[0].key
        self.reason = faults[0].reason

    def __str__(self) -> str:
        lines = [": ".join(filter(None, (self.file, fault.key, fault.reason))) for fault in self.faults]
        more = [f"{self.file}: and {self.more:,} more"] if self.more else []
        return "\n".join(printable(line) for line in (*lines, *more))


class Inexpressible(PricingRulesError, ValueError):
    """A target cannot express a rule of the catalog, so nothing is exported rather than something wrong."""


class UnreadableLog(PricingRulesError, ValueError):
    """A file of a log cannot be read.

    Attributes:
        file: its name.
        reason: what is wrong with it.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, reason)
        self.file, self.reason = file, reason

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


class UnusableLog(PricingRulesError, ValueError):
    """A log lacks what an audit needs, or an option names what it has not; the message says what it has."""


class UnusableMapping(UnusableLog):
    """A mapping of a log's words cannot be used.

    Attributes:
        file: its name.
        key: dotted path of the key at fault; "" where it is the file as a whole.
        reason: what is wrong, what is allowed and the nearest match.
    """

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(file, key, reason)
        self.file, self.key, self.reason = file, key, reason

    def __str__(self) -> str:
        return printable(": ".join(filter(None, (self.file, self.key, self.reason))))


class InsufficientCredits(PricingRulesError):
    """A balance does not cover a debit.

    Attributes:
        required: the full price, in credits.
        balance: what there is, in credits.
    """

    def __init__(self, required: Decimal, balance: Decimal) -> None:
        super().__init__(required, balance)
        self.required = required
        self.balance = balance

    def __str__(self) -> str:
        return f"{self.required:f} credits are required; the balance is {self.balance:f}."
