"""`fit` finds the multipliers of printed prices, exactly: those of the catalogs, and none where there are none."""

import pickle
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from documents.fields import FIELDS
from documents.formula import CREDITS, PRICES
from documents.models import MODELS
from documents.places import AIV, GPT
from pricing_rules.answers import Parameters
from pricing_rules.facts import Fit, NoFit, NoShortFit, Span, UnusableTable, fit, possible, spans
from support.fit_by_trying import by_trying, compared
from support.price_tables import TWO_AXES, Printed, astray, printed_cells, products, random_table, wide

WAN = wide([5, 10, 15], {"720p": [30, 60, 90], "1080p": [45, 89, 133]})


def table_of(service: str, model: str) -> Printed:
    """Return the printed prices of a model; those for several images cost as much as so many requests."""
    outputs = FIELDS[service].get("outputs")
    takes_many = outputs and MODELS[service, model].endpoint == "image"
    cells = printed_cells(service, model)
    base = Fraction(next(iter(cells.values())))
    return Printed(cells, base, Fraction(CREDITS[service].unit), outputs.limits["maximum"] if takes_many else 1)


def fitted(table: Printed) -> Fit:
    return fit(table.cells, unit=table.unit, outputs=table.outputs, base=table.base)


def multipliers(found: Fit) -> dict[str, dict[object, Fraction]]:
    return {name: {span.value: span.multiplier for span in each} for name, each in found.tiers}


def typed(service: str, model: str) -> dict[str, dict[object, Fraction]]:
    """Return the multipliers that were decided by hand."""
    price = PRICES[service, model]
    by = {"duration": price.duration, "resolution": price.resolution}
    return {
        name: {tier: Fraction(multiplier) for tier, multiplier in tiers.items()} for name, tiers in by.items() if tiers
    }


@pytest.mark.parametrize(("service", "model"), PRICES)
def test_the_fit_of_printed_cells_is_the_catalog_without_a_rival(service, model):
    found = fitted(table_of(service, model))
    assert (found.base, multipliers(found)) == (Fraction(PRICES[service, model].base), typed(service, model))
    assert (found.rivals, found.proven) == (0, True)


@pytest.mark.parametrize(("service", "model"), PRICES)
def test_a_fit_gives_every_printed_cell_and_no_other_point(service, model):
    table = table_of(service, model)
    found = fitted(table)
    assert (astray(found, table), {key for key, _ in products(found)}) == ([], set(table.cells))


def test_21_models_were_fitted():
    assert len(PRICES) == len({(service, model) for service, model in PRICES}) == 21


def test_what_a_table_leaves_open_is_told_as_an_interval():
    # 1080p: above 44 : 30 by 5 s, below 133 : 89 by 15 s, whose own product lies in (89, 90]
    assert fit(WAN).tiers[1][1][1] == Span(
        "1080p", Fraction("1.47"), Fraction(22, 15), Fraction(133, 89), attained=False
    )
    # 10 s: (59, 60] of 30 at 720p; (88, 89] at 1080p says no more
    assert fit(WAN).tiers[0][1][1] == Span(10, Fraction(2), Fraction(59, 30), Fraction(2), attained=True)


def test_every_multiplier_of_a_span_can_be_completed_and_none_beyond():
    # 1080p at 22 : 15 would charge 44 for 5 s, at 133 : 89 would need 89 for 15 s at 720p
    for resolution, is_there in (("1.4667", True), ("1.4943", True), ("1.4666", False), ("1.4944", False)):
        across = {
            Parameters(seconds, None, None, None): price
            for seconds, price in zip((5, 10, 15), (30, 60, 90), strict=True)
        }
        allowed = all(
            _overlap(price, WAN[Parameters(key.duration, "1080p", None, None)], Fraction(resolution), key.duration)
            for key, price in across.items()
        )
        assert allowed is is_there
        assert (Fraction(22, 15) < Fraction(resolution) < Fraction(133, 89)) is is_there


def _overlap(plain: int, dear: int, multiplier: Fraction, seconds: int) -> bool:
    """Tell whether a product charged `plain` can be charged `dear` with the multiplier; that of 5 s is the base, 30."""
    low = Fraction(plain) if seconds == 5 else Fraction(plain - 1)
    return low * multiplier <= dear and plain * multiplier > dear - 1 and (seconds == 5 or low * multiplier < dear)


def test_outputs_leave_a_product_less_room():
    cells = {Parameters(None, "2K", None, None): 12, Parameters(None, "4K", None, None): 20}
    # 12 x 1.6 = 19.2 is charged 20, but ten of them 192; 12 x 5/3 = 20
    assert [str(multipliers(fit(cells, outputs=outputs))["resolution"]["4K"]) for outputs in (1, 10)] == ["8/5", "5/3"]


def test_a_base_that_is_given_is_kept_and_the_first_tiers_stay_1():
    cells = {Parameters(5, None, None, None): 30, Parameters(10, None, None, None): 60}
    # (59, 60] of 29.5 is (2, 2.0338...]; one character less than 2.03 is not there
    found = fit(cells, base=Fraction("29.5"))
    assert (found.base, multipliers(found)) == (Fraction(59, 2), {"duration": {5: 1, 10: Fraction("2.03")}})


def test_a_base_above_the_first_price_or_a_unit_below_it_contradicts():
    for base in (31, 29):
        with pytest.raises(NoFit) as caught:
            fit({Parameters(5, None, None, None): 30}, base=base)
        assert caught.value.cells == {Parameters(5, None, None, None): 30}


def test_one_price_alone_is_its_base():
    assert fit({Parameters(None, None, None, None): 3}) == Fit(Fraction(3), (), 0)


def test_sound_is_an_axis_as_others_are():
    cells = {Parameters(None, None, None, sound): price for sound, price in ((False, 10), (True, 15))}
    assert multipliers(fit(cells)) == {"audio": {False: 1, True: Fraction("1.5")}}


def test_a_unit_below_one_credit_rounds_to_it():
    cells = {Parameters(None, tier, None, None): Decimal(price) for tier, price in (("1k", "2.4"), ("2k", "4.8"))}
    # above 4.7 : 2.4 = 1.958..., at most 2; in whole credits the prices are no multiples of the unit
    assert multipliers(fit(cells, unit=Decimal("0.1")))["resolution"]["2k"] == 2
    with pytest.raises(UnusableTable, match=r"2\.4 is no multiple of the unit, 1"):
        fit(cells)


def test_a_price_that_is_missing_leaves_the_rest_to_be_fitted():
    found = fit({key: price for key, price in WAN.items() if key != Parameters(10, "1080p", None, None)})
    assert dict(products(found))[Parameters(10, "1080p", None, None)] == 60 * Fraction("1.47")


def test_prices_that_nothing_ties_together_are_told():
    cells = {Parameters(5, "720p", None, None): 30, Parameters(10, "1080p", None, None): 60}
    with pytest.raises(UnusableTable, match="no price ties 10 to the base"):
        fit(cells)


# Small tables, by trying every text


def test_small_tables_are_fitted_as_trying_every_text_does():
    judged = compared(Random(15), tables=300, longest=4)  # noqa: S311 -- no secret
    assert judged > 100


def test_small_tables_are_fitted_so_too_where_every_multiplier_is_tried_out(monkeypatch):
    monkeypatch.setattr("pricing_rules.facts.search.refined", lambda *_: 0)
    judged = compared(Random(17), tables=200, longest=4)  # noqa: S311 -- no secret
    assert judged > 60


def test_many_equal_solutions_are_counted_to_100():
    # (0.99, 100] of 1: 1 to 9 are one character long, and 9 is the largest
    one = {Parameters(5, None, None, None): 100, Parameters(10, None, None, None): 900}
    assert (fit(one, unit=100, base=100).rivals, by_trying([[1, 9]], Fraction(1), 1, 4).rivals) == (0, 0)
    four = {Parameters(seconds, None, None, None): 100 for seconds in (5, 10, 15, 20)}
    found = fit(four, unit=100, base=10)
    # each of three tiers may be 1 to 9, and 10 has two characters: 9 x 9 x 9 solutions
    assert (found.rivals, multipliers(found)["duration"]) == (100, {5: 1, 10: 9, 15: 9, 20: 9})
    two = {Parameters(seconds, None, None, None): 100 for seconds in (5, 10, 15)}
    assert fit(two, unit=100, base=10).rivals == 80


# Slips


def slips() -> list[tuple[str, list[list[int]], list[list[int]]]]:
    """Return each two-axis table with one cell off by 1 or 2: four tables, 22 cells, 88 slips."""
    found = []
    for model in TWO_AXES:
        prices = [int(price) for price in printed_cells(GPT, model).values()]
        table = [prices[: len(prices) // 2], prices[len(prices) // 2 :]]
        for row in range(2):
            for column in range(len(table[0])):
                for slip in (-2, -1, 1, 2):
                    slipped = [list(each) for each in table]
                    slipped[row][column] += slip
                    found.append((model, table, slipped))
    return found


def is_impossible(table: list[list[int]]) -> bool:
    """Tell it by hand: the multiplier of the second row lies between what each column leaves of it."""
    (first, second), base = table, table[0][0]
    least = [
        Fraction(second[0] - 1, base),
        *(Fraction(low - 1, high) for high, low in zip(first[1:], second[1:], strict=True)),
    ]
    most = [
        (Fraction(second[0], base), True),
        *((Fraction(low, high - 1), False) for high, low in zip(first[1:], second[1:], strict=True)),
    ]
    return max(least) >= min(most)[0]


def cells_of(table: list[list[int]]) -> dict[Parameters, int]:
    return wide([5, 10, 20][: len(table[0])], {"720p": table[0], "1080p": table[1]})


def characters(found: Fit) -> int:
    return sum(len(span.text) for _, each in found.tiers for span in each)


def test_88_slips_are_impossible_or_need_longer_text_but_for_one():
    seen = {"impossible": 0, "longer": 0, "unseen": 0}
    for _, table, slipped in slips():
        try:
            found = fit(cells_of(slipped))
        except NoFit:
            assert is_impossible(slipped)
            seen["impossible"] += 1
        else:
            assert not is_impossible(slipped)
            seen["longer" if characters(found) > characters(fit(cells_of(table))) else "unseen"] += 1
    assert seen == {"impossible": 53, "longer": 34, "unseen": 1}


def contradicting(cells: dict, base: Fraction | None = None) -> NoFit:
    with pytest.raises(NoFit) as caught:
        fit(cells, base=base)
    return caught.value


def test_what_contradicts_is_named_by_cells_that_contradict_alone():
    found = [cells_of(slipped) for _, _, slipped in slips() if is_impossible(slipped)]
    for cells in found:
        base, alone = Fraction(next(iter(cells.values()))), contradicting(cells).cells
        assert alone.items() <= cells.items()
        assert not possible(alone, base=base)
        first = {key: price for key, price in cells.items() if price == base}  # tells what the base is the product of
        assert len(first) == 1
        for key in alone.keys() - first.keys():
            rest = {other: price for other, price in alone.items() if other != key}
            assert possible(first | rest, base=base), (cells, key)
    assert len(found) == 53


def test_a_contradiction_is_told_with_what_is_possible():
    cells = wide([5, 10], {"720p": [30, 60], "1080p": [45, 92]})
    # 1080p is at most 45 : 30, 10 s at most 60 : 30, so that both are at most 90
    assert str(contradicting(cells)) == (
        "720p 10 s = 60, 1080p 10 s = 92, 1080p 5 s = 45 and the base 30 contradict; "
        "at most 90 is possible at 1080p 10 s"
    )
    cells = wide([5, 10], {"720p": [30, 60], "1080p": [45, 86]})
    # 1080p is above 44 : 30 and times 10 s at most 86 : 30, so that 10 s is below 86 : 44 and 720p below 58.7
    assert str(contradicting(cells)).endswith("contradict; at most 59 is possible at 720p 10 s")
    assert str(contradicting({Parameters(5, None, None, None): 30}, Fraction(31))) == (
        "5 s = 30 and the base 31 contradict; at least 31 is possible at 5 s"
    )


def test_a_contradiction_that_has_nothing_to_do_with_the_base_names_no_base():
    # both 1s are at most 1 : 2, both 2s of their rows and columns above it: the products of each two are the same
    cells = wide([5, 10, 15], {"720p": [2, 2, 2], "1080p": [2, 1, 2], "4K": [2, 2, 1]})
    told = contradicting(cells)
    assert told.cells == {key: cells[key] for key in cells if key.resolution != "720p" and key.duration != 5}
    assert "base" not in str(told)
    assert not any(possible(told.cells, base=base) for base in (None, 1, 2))
    for key in told.cells:
        assert possible(
            {
                **wide([5], {"720p": [2]}),
                **{other: 2 for other in cells if other != key and other not in told.cells},
                **{other: told.cells[other] for other in told.cells if other != key},
            }
        )


def test_an_error_survives_pickling_and_says_the_same():
    told = contradicting(wide([5, 10], {"720p": [30, 60], "1080p": [45, 92]}))
    again = pickle.loads(pickle.dumps(told))  # noqa: S301 -- our own bytes
    assert (str(again), again.cells) == (str(told), told.cells)


def test_a_table_that_cannot_come_from_the_formula_is_no_near_miss():
    random = Random(20)  # noqa: S311 -- no secret
    for _ in range(200):
        table = [[random.randint(20, 90) for _ in range(3)] for _ in range(2)]
        assert possible(cells_of(table)) is not is_impossible(table)
        if is_impossible(table):
            contradicting(cells_of(table))


# Longer text


def test_multipliers_that_exist_but_none_so_short_are_no_short_fit():
    # 10 s lies in (1 - 1 : 10^13, 1] x 2 + 1 : 10^13, that is 20000000000001 : 10^13, with 14 digits
    cells = {Parameters(5, None, None, None): 10**13, Parameters(10, None, None, None): 2 * 10**13 + 1}
    with pytest.raises(NoShortFit) as caught:
        fit(cells)
    ((name, (first, second)),) = caught.value.spans
    assert (name, first.multiplier, second.value, second.above, second.most) == (
        "duration", 1, 10, Fraction(2 * 10**13, 10**13), Fraction(2 * 10**13 + 1, 10**13)
    )  # fmt: skip
    assert (caught.value.proven, "none of at most 12 characters" in str(caught.value)) == (True, True)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 -- our own bytes
    assert (again.spans, again.proven) == (caught.value.spans, True)


def test_short_multipliers_that_do_not_fit_each_other_are_no_short_fit_either():
    # 1080p in (2, 2 + 1 : 10^8] and 10 s likewise; their product has to be 4 + 3 : 10^8 and not more than 10^-16 away
    unit, base = 1, 10**16
    tied = base * 4 + 3 * 10**8 + 7
    cells = wide([5, 10], {"720p": [base, 2 * base + 10**8], "1080p": [2 * base + 2 * 10**8 - 1, tied]})
    if possible(cells):
        with pytest.raises(NoShortFit):
            fit(cells, unit=unit)
    else:
        contradicting(cells)


# `possible` and `spans`


def test_rounded_down_wan_is_impossible_and_to_the_nearest_it_is_possible():
    # down: 1080p is at least 45 : 30, 10 s at least 60 : 30, so that both are at least 90
    assert [possible(WAN, rounding) for rounding in ("up", "down", "nearest")] == [True, False, True]
    # to the nearest: 44.5 : 30 and 59.5 : 30 make at least 88.25, and 15 s less than 3 (2.99): 133.5 : 44.5
    assert not possible({**WAN, Parameters(10, "1080p", None, None): 87}, "nearest")


def test_a_product_that_is_rounded_down_or_to_the_nearest_lies_below_the_next_price():
    # down from 10: 10 s below 2, 1080p below 1.5, so that both are below 30
    down = [possible(wide([5, 10], {"720p": [10, 19], "1080p": [14, price]}), "down") for price in (29, 30)]
    # to the nearest from 7.5: both below 1, so that their product is below 7.5
    nearest = [
        possible(wide([5, 10], {"720p": [8, 7], "1080p": [7, price]}), "nearest", base=Fraction("7.5"))
        for price in (7, 8)
    ]
    assert (down, nearest) == ([True, False], [True, False])


def test_nothing_is_proposed_for_a_rounding_that_is_not_ours():
    with pytest.raises(UnusableTable, match="rounding is 'up', 'down' or 'nearest', not 'half'"):
        possible(WAN, "half")


def test_possible_takes_a_unit_and_a_base():
    cells = {Parameters(5, None, None, None): Decimal("2.4")}
    assert possible(cells, unit=Decimal("0.1"), base=Decimal("2.35"))
    assert not possible(cells, unit=Decimal("0.1"), base=Decimal("2.3"))


def test_spans_are_those_of_the_fit():
    assert [(name, [(span.above, span.most) for span in each]) for name, each in spans(WAN)] == [
        (name, [(span.above, span.most) for span in each]) for name, each in fit(WAN).tiers
    ]
    with pytest.raises(NoFit):
        spans(wide([5, 10], {"720p": [30, 60], "1080p": [45, 92]}))


# Random tables


def test_tables_of_random_multipliers_are_fitted_by_a_solution_that_gives_them():
    random = Random(12)  # noqa: S311 -- no secret
    for _ in range(30):
        table = random_table(random, 6)
        found = fitted(table)
        assert (astray(found, table), found.proven) == ([], True)
        assert all(len(span.text) <= 12 for _, each in found.tiers for span in each)


LONG = ("65393.583444", "9421380.9375", "6.6991860265", "3.5450628917")
LONGER = ("3.1131697467", "8.4386565185", "6.5538748519", "48358947.902")


def tied(base: int, across: tuple[str, ...], down: tuple[str, ...]) -> Printed:
    """Make a table whose products are so large that its cells tie the multipliers to a few digits."""
    columns, rows = ([Fraction(1), *map(Fraction, texts)] for texts in (across, down))
    prices = {f"{row}p": [-int(-(base * one * other) // 1) for one in columns] for row, other in enumerate(rows)}
    return Printed(wide(list(range(1, len(columns) + 1)), prices), Fraction(base))


def test_long_multipliers_that_the_prices_tie_closely_are_found():
    table = tied(12, LONGER, LONG)
    found = fitted(table)
    assert (astray(found, table), found.proven) == ([], True)
    assert characters(found) <= sum(map(len, (*LONG, *LONGER))) + 2


@pytest.mark.parametrize(
    ("base", "across", "down"),
    [
        (7, ("906.47357", "972092.987"), ("230445.83283",)),
        (12, ("510175.6933", "8763013.2174", "8.3", "18.4183802"), ("99.4420475", "136.17014", "61.3286315")),
    ],
)
def test_texts_that_a_tried_multiplier_makes_too_long_are_given_up(base, across, down):
    table = tied(base, across, down)
    found = fitted(table)
    assert (astray(found, table), found.proven) == ([], True)
    assert characters(found) - 2 <= sum(map(len, (*across, *down)))


def test_the_best_is_the_best_however_few_solutions_are_counted(monkeypatch):
    random = Random(101)  # noqa: S311 -- no secret
    tables = [tied(random.randint(1, 9), ("5/3", _any(random)), (_any(random), _any(random))) for _ in range(60)]
    every = [fitted(table) for table in tables]
    monkeypatch.setattr("pricing_rules.facts.refinement.COUNTED", 1)
    assert [fitted(table).tiers for table in tables] == [found.tiers for found in every]


def _any(random: Random) -> str:
    return random.choice(("1", "2", "1.5", "7/3", "4/3", "0.5", "8/7", "9/7", "1.3"))


def test_what_is_not_ruled_out_in_time_is_told(monkeypatch):
    monkeypatch.setattr("pricing_rules.facts.search.MAX_EFFORT", 200)
    with pytest.raises(NoShortFit) as caught:
        fitted(tied(12, LONGER, LONG))
    assert (caught.value.proven, str(caught.value).endswith("among those that were tried")) == (False, True)


# Arguments


ONE = Parameters(5, None, None, None)
MISUSED = [
    (lambda: fit({}), UnusableTable, "a table has at least one price"),
    (lambda: fit({Parameters(one, None, None, None): 1 for one in range(21)}), UnusableTable, "duration has 21 tiers"),
    (lambda: fit({Parameters(5, "720p", None, "wide"): 1}), UnusableTable, "at most two priced parameters"),
    (lambda: fit({ONE: 1, Parameters(5, "1K", None, None): 2}), UnusableTable, "1K 5 s does not name the parameters"),
    (lambda: fit({Parameters(5, None, 2, None): 1}), UnusableTable, "5 s is the price of 2 outputs"),
    (lambda: fit({ONE: 0}), UnusableTable, "5 s is 0; an amount is above 0"),
    (lambda: fit({ONE: -3}), UnusableTable, "5 s is -3"),
    (lambda: fit({ONE: 10**41}), UnusableTable, "at most 40 digits"),
    (lambda: fit({ONE: Decimal("1e999999")}), UnusableTable, "at most 40 digits"),
    (lambda: fit({ONE: Decimal("1e-999999")}), UnusableTable, "at most 40 digits"),
    (lambda: fit({ONE: Decimal("NaN")}), UnusableTable, "an amount is above 0"),
    (lambda: fit({ONE: Decimal("Infinity")}), UnusableTable, "an amount is above 0"),
    (lambda: fit({ONE: 1.5}), TypeError, "5 s is an int, a Decimal or a Fraction, never a float"),
    (lambda: fit({ONE: True}), TypeError, "never a bool"),
    (lambda: fit({ONE: "3"}), TypeError, "never a str"),
    (lambda: fit({ONE: 3}, unit=0.1), TypeError, "the unit is an int"),
    (lambda: fit({ONE: 3}, unit=0), UnusableTable, "the unit is 0"),
    (lambda: fit({ONE: 3}, base=3.0), TypeError, "the base is an int"),
    (lambda: fit({ONE: 3}, base=-3), UnusableTable, "the base is -3"),
    (lambda: fit({ONE: 3}, outputs=0), UnusableTable, "outputs are a whole number of at least 1, not 0"),
    (lambda: fit({ONE: 3}, outputs=True), UnusableTable, "outputs are a whole number"),
    (lambda: fit({ONE: 3}, outputs=1.0), UnusableTable, "outputs are a whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "kind", "said"), MISUSED)
def test_a_wrong_argument_is_a_typed_error_that_says_what_is_wrong(call, kind, said):
    with pytest.raises(kind, match=said):
        call()


def test_the_documents_of_the_other_service_are_fitted_in_tenths():
    assert multipliers(fitted(table_of(AIV, "gpt-image-2")))["resolution"] == {"1k": 1, "2k": 2, "4k": 3}
