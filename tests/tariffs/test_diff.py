"""What `diff` tells of single changes, each expected by hand."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pricing_rules import Catalog, Parameters, load_catalog, quote, validate
from pricing_rules.tariffs import Change, diff
from support.edited import FILES, edited

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
SORA = """
[[prices]]
models = ["sora-2-text-to-video"]
since = 2027-01-01T00:00:00Z
base = 6
duration = { 5 = 1, 10 = 2, 20 = 4 }
resolution = { 720p = 1, 1080p = "1.5" }
source = "video_prices"
readings = { duration = "sora_seconds" }
"""
VEO = """
[[prices]]
models = ["veo3"]
since = 2027-01-01T00:00:00Z
base = 63
duration = { 8 = 1, 16 = 2 }
source = "video_prices"
"""


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str | None]]:
    return [(change.kind, change.effect, change.model) for change in changes]


def parameters(duration: int | None = None, resolution: str | None = None, outputs: int | None = None) -> Parameters:
    return Parameters(duration, resolution, outputs, audio=None)


def test_a_catalog_differs_in_nothing_from_itself_and_from_its_own_file(gptimage2api: Catalog):
    assert diff(gptimage2api, gptimage2api) == diff(gptimage2api, load_catalog(FILES["gptimage2api"])) == ()


def test_what_is_no_catalog_is_refused(gptimage2api: Catalog):
    with pytest.raises(TypeError, match="a Catalog"):
        diff(gptimage2api, "gptimage2api")  # type: ignore[arg-type]


def test_fewer_references_refuse_a_request_that_was_taken(tmp_path: Path, gptimage2api: Catalog):
    new = edited(tmp_path, "gptimage2api", ("limits = { max_references = 3 }", "limits = { max_references = 1 }"))
    (change,) = diff(gptimage2api, new)
    assert (change.kind, change.effect, change.model, change.path, change.old, change.new, change.rewrites) == (
        "references.max_items", "refuses", "veo3_fast", "/inputImageUrls", 3, 1, False,
    )  # fmt: skip
    request = json.loads(change.example or "")
    assert len(request["inputImageUrls"]) in (2, 3)
    assert (validate(gptimage2api, request), [fault.rule for fault in validate(new, request)]) == (
        (), ["references.max_items"],
    )  # fmt: skip
    assert told(diff(new, gptimage2api)) == [("references.max_items", "accepts", "veo3_fast")]


def test_more_references_for_a_model_whose_only_mode_takes_none_are_noticed_by_no_request(
    tmp_path: Path, gptimage2api: Catalog
):
    models = ['limits = { max_references = 0 }\nreadings = { max_references = "text_takes_no_reference" }']
    new = edited(tmp_path, "gptimage2api", (models[0], models[0].replace("= 0", "= 2")))
    every = {"kling/v2-1-master-text-to-video", "sora-2-text-to-video", "sora-2-pro-text-to-video"}
    every |= {"hailuo/02-text-to-video-standard", "hailuo/02-text-to-video-pro", "wan/2-6-text-to-video"}
    assert {(change.effect, change.model, change.example) for change in diff(gptimage2api, new)} == {
        ("none", model, None) for model in every
    }


def test_a_base_that_is_raised_rewrites_the_past(tmp_path: Path, gptimage2api: Catalog):
    changes = diff(gptimage2api, edited(tmp_path, "gptimage2api", ("base = 11\n", "base = 12\n")))
    assert [(change.parameters, change.old, change.new, change.rewrites, change.since) for change in changes] == [
        (parameters(5), Decimal(11), Decimal(12), True, None),
        (parameters(10), Decimal(22), Decimal(24), True, None),
    ]
    assert {(change.kind, change.effect, change.model) for change in changes} == {
        ("price.raised", "costs_more", "kling/v2-1-standard")
    }


def test_an_edition_that_is_appended_is_scheduled(tmp_path: Path, gptimage2api: Catalog):
    changes = diff(gptimage2api, edited(tmp_path, "gptimage2api", more=SORA))
    charges = {
        (one.parameters.duration, one.parameters.resolution): (one.old, one.new) for one in changes if one.parameters
    }
    # 5 and 6 credits; x 1.5 is 7.5 and 9
    assert charges == {
        (5, "720p"): (5, 6), (10, "720p"): (10, 12), (20, "720p"): (20, 24),
        (5, "1080p"): (8, 9), (10, "1080p"): (15, 18), (20, "1080p"): (30, 36),
    }  # fmt: skip
    assert {(change.since, change.until, change.rewrites) for change in changes} == {(NEW_YEAR, None, False)}


def test_products_with_one_charge_at_one_output_still_show_at_more(tmp_path: Path):
    # 11.6 and 11.7 are both 12; five are 58 and 58.5, so 59
    old = edited(
        tmp_path,
        "gptimage2api",
        ('base = 12\nresolution = { 2K = 1, 4K = "5/3" }', 'base = "11.6"\nresolution = { 2K = 1 }'),
    )
    (tmp_path / "new").mkdir()
    new = edited(
        tmp_path / "new",
        "gptimage2api",
        ('base = 12\nresolution = { 2K = 1, 4K = "5/3" }', 'base = "11.7"\nresolution = { 2K = 1 }'),
    )
    changes = {change.parameters: (change.old, change.new) for change in diff(old, new)}
    assert parameters(None, "2K", 1) not in changes
    assert changes[parameters(None, "2K", 5)] == (58, 59)


def test_products_with_one_charge_at_every_number_of_outputs_are_told_once(tmp_path: Path, gptimage2api: Catalog):
    # hailuo: 12.9 and 13 are 13; 20.64 and 20.8 are 21
    (first, second), rest = (
        diff(gptimage2api, edited(tmp_path, "gptimage2api", ("base = 24\n", 'base = "23.9"\n')))[:2],
        None,
    )
    assert rest is None
    assert (first.kind, first.effect, first.old, first.new) == ("price.product", "costs_less", "24", "23.9")
    assert (second.kind, second.old, second.new) == ("price.product", "48", "47.8")


def test_a_default_that_is_dropped_leaves_requests_without_a_price(tmp_path: Path, gptimage2api: Catalog):
    new = edited(tmp_path, "gptimage2api", more=VEO)
    accepted, dropped = diff(gptimage2api, new)
    assert told((accepted, dropped)) == [
        ("duration.one_of", "accepts", "veo3"),
        ("duration.default", "unprices", "veo3"),
    ]
    assert (accepted.old, accepted.new, accepted.since) == ((8,), (8, 16), NEW_YEAR)
    request = json.loads(dropped.example or "")
    assert quote(gptimage2api, request, at=NEW_YEAR).credits == 63
    assert validate(new, request, at=NEW_YEAR) == ()
    assert told(diff(new, gptimage2api))[1] == ("duration.default", "prices", "veo3")


def test_another_default_costs_otherwise_where_a_request_names_none(tmp_path: Path):
    more = VEO.replace("\nsource", "\ndefault = { duration = 16 }\nsource")
    kept = edited(tmp_path, "gptimage2api", more=VEO.replace("\nsource", "\ndefault = { duration = 8 }\nsource"))
    (tmp_path / "new").mkdir()
    changes = diff(kept, edited(tmp_path / "new", "gptimage2api", more=more))
    assert [(one.kind, one.effect, one.old, one.new) for one in changes] == [
        ("price.raised", "costs_more", 63, 126), ("duration.default", "answers", 8, 16),
    ]  # fmt: skip
    assert changes[0].parameters == parameters()


def test_a_default_that_is_no_longer_allowed_leaves_requests_without_a_price(tmp_path: Path):
    counts = "limits = { most_stills = 3 }"
    listed = ("minimum = 1\nmaximum = 4\ndefault = 1", 'minimum = 1\nmaximum = 4\none_of = "counts"\ndefault = 2')
    mini = "limits = { most_stills = 1, longest_text = 50 }"
    sides = []
    for number, allowed in enumerate(("[1, 2]", "[1, 3]")):
        (tmp_path / str(number)).mkdir()
        changes = [(old, old.replace(" }", f", counts = {allowed} }}")) for old in (counts, mini)]
        sides.append(edited(tmp_path / str(number), "clipworks", listed, *changes))
    found = {(one.kind, one.effect): one.example for one in diff(*sides) if one.model == "reel-1"}
    assert found.keys() == {
        ("outputs.one_of", "refuses"),
        ("outputs.one_of", "accepts"),
        ("outputs.default", "unprices"),
    }
    assert "copies" not in json.loads(found["outputs.default", "unprices"] or "")


def test_a_price_that_begins_later_leaves_the_time_before_without_one(tmp_path: Path, clipworks: Catalog):
    mini = 'models = ["reel-1-mini"]\n'
    new = edited(tmp_path, "clipworks", (mini, f"{mini}since = 2026-02-01T00:00:00Z\n"))
    (change,) = diff(clipworks, new)
    assert (change.kind, change.effect, change.since, change.until, change.rewrites) == (
        "price.removed", "unprices", None, datetime(2026, 2, 1, tzinfo=UTC), True,
    )  # fmt: skip
    assert change.example is not None


def test_an_instant_that_moves_differs_between_the_two(tmp_path: Path, clipworks: Catalog):
    new = edited(tmp_path, "clipworks", ("since = 2026-05-01T12:00:00+02:00", "since = 2026-05-02T12:00:00+02:00"))
    spans = {(change.since, change.until) for change in diff(clipworks, new)}
    assert spans == {(datetime(2026, 5, 1, 10, tzinfo=UTC), datetime(2026, 5, 2, 10, tzinfo=UTC))}
    assert all(change.rewrites for change in diff(clipworks, new))


def test_a_model_is_added_or_removed_as_a_whole(tmp_path: Path, gptimage2api: Catalog):
    text = FILES["gptimage2api"].read_text()
    start, end = text.index("[models.veo3_lite]"), text.index('[models."wan/2-6-text-to-video"]')
    price = text[text.index('[[prices]]\nmodels = ["veo3_lite"]') : text.index('[[prices]]\nmodels = ["wan')]
    without = edited(tmp_path, "gptimage2api", (text[start:end], ""), (price, ""))
    (removed,), (added,) = diff(gptimage2api, without), diff(without, gptimage2api)
    assert told((removed, added)) == [
        ("model.removed", "refuses", "veo3_lite"),
        ("model.added", "accepts", "veo3_lite"),
    ]
    assert (removed.rewrites, added.rewrites, removed.path) == (True, False, "/model")
    assert validate(gptimage2api, json.loads(removed.example or "")) == ()


def test_a_rule_across_fields_that_is_added_refuses(tmp_path: Path, aivideoapi: Catalog):
    new = edited(tmp_path, "aivideoapi", ('when = { resolution = ["4k"] }', 'when = { resolution = ["2k", "4k"] }'))
    (change,) = diff(aivideoapi, new)
    assert (change.kind, change.effect, change.path) == ("aspect_ratio.4k", "refuses", "/input/aspect_ratio")
    assert json.loads(change.example or "")["input"]["resolution"] == "2k"


def test_a_default_that_a_rule_reads_is_noticed_where_the_rule_holds(tmp_path: Path):
    # reel-1 with sound from stills has 30 frames, and 12 seconds of 480 lines have 24; reel-1-mini has neither tier
    rule = ('then = { given = "frames", one_of = [30] }', 'then = { field = "frames", one_of = [30] }')
    old = edited(tmp_path, "clipworks", rule)
    (tmp_path / "new").mkdir()
    new = edited(tmp_path / "new", "clipworks", rule, ("default = 24", "default = 30"))
    changes = {(change.effect, change.model): change.example for change in diff(old, new)}
    request = json.loads(changes["accepts", "reel-1"] or "")["job"]
    assert (request["sound"], request["from"], "options" in request) == (True, "stills", False)
    assert json.loads(changes["refuses", "reel-1"] or "")["job"]["seconds"] == 12
    assert changes.keys() == {("accepts", "reel-1"), ("refuses", "reel-1"), ("none", "reel-1-mini")}


def test_a_default_that_nothing_reads_is_noticed_by_no_request(tmp_path: Path, aivideoapi: Catalog):
    new = edited(tmp_path, "aivideoapi", ('type = "boolean"\ndefault = true', 'type = "boolean"\ndefault = false'))
    assert told(diff(aivideoapi, new)) == [("nsfw_checker.default", "none", "gpt-image-2")]


def test_a_field_that_is_no_longer_taken_refuses_requests_with_it(tmp_path: Path, gptimage2api: Catalog):
    new = edited(
        tmp_path, "gptimage2api", ('"fps", "seed", "guidance_scale", "motion', '"seed", "guidance_scale", "motion')
    )
    changes = diff(gptimage2api, new)
    assert {(change.kind, change.effect, change.path) for change in changes if change.model} == {
        ("field.removed", "refuses", "/fps")
    }
    assert len([change for change in changes if change.model]) == 16
    assert {change.effect for change in diff(new, gptimage2api) if change.model} == {"accepts"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("status = 402", "status = 403"), ("response.status", "/responses/insufficient_credits", 402, 403)),
        (('2 = "failed"', '3 = "failed"'), ("task.state", "/tasks/states/2", "failed", None)),
        (('columns.credits_used = ["creditsUsed"]', 'columns.credits_used = ["cost"]'),
         ("usage.keys", "/usage/columns/credits_used", ("creditsUsed",), ("cost",))),
        (('version = "2026-11-20"', 'version = "2026-11-21"'), ("version", "/version", "2026-11-20", "2026-11-21")),
        (('path = "/api/ai/image/generate"', 'path = "/api/image"'),
         ("endpoint.address", "/endpoints/image", "POST /api/ai/image/generate", "POST /api/image")),
    ],
)  # fmt: skip
def test_the_service_itself_answers_otherwise(
    tmp_path: Path, gptimage2api: Catalog, change: tuple[str, str], expected: tuple[object, ...]
):
    found = diff(gptimage2api, edited(tmp_path, "gptimage2api", change))[0]
    assert (found.kind, found.path, found.old, found.new) == expected
    assert (found.effect, found.model) == ("answers", None)


def test_a_dearer_credit_costs_more_in_dollars_alone(tmp_path: Path, aivideoapi: Catalog):
    (change,) = diff(aivideoapi, edited(tmp_path, "aivideoapi", ('usd = "0.005"', 'usd = "0.006"')))
    assert (change.kind, change.effect, change.old, change.new) == ("credit.usd", "costs_more", "1/200", "3/500")


def test_a_coarser_unit_changes_charges_though_no_product(tmp_path: Path, aivideoapi: Catalog):
    changes = diff(aivideoapi, edited(tmp_path, "aivideoapi", ('unit = "0.1"', "unit = 1")))
    raised = {change.parameters.resolution: (change.old, change.new) for change in changes if change.parameters}
    assert raised == {"1k": (Decimal("2.4"), 3), "2k": (Decimal("4.8"), 5), "4k": (Decimal("7.2"), 8)}
    assert changes[-1].kind == "credit.unit"


def test_a_reading_that_becomes_printed_is_an_answer(tmp_path: Path, gptimage2api: Catalog):
    printed = edited(tmp_path, "gptimage2api", ('readings = { duration = "wan_seconds" }\n', ""))
    kinds = {(change.kind, change.old, change.new) for change in diff(gptimage2api, printed)}
    assert ("price.basis", "inferred", "documented") in kinds


def test_a_limit_for_requests_without_a_known_model_is_noticed_by_none(tmp_path: Path, gptimage2api: Catalog):
    new = edited(
        tmp_path,
        "gptimage2api",
        (
            "limits = { max_prompt = 20_000, max_references = 14 }",
            "limits = { max_prompt = 20_000, max_references = 15 }",
        ),
    )
    (change,) = diff(gptimage2api, new)
    assert (change.kind, change.effect, change.model, change.old, change.new) == (
        "references.max_items",
        "none",
        None,
        14,
        15,
    )


def test_words_are_told_on_demand_alone(tmp_path: Path, gptimage2api: Catalog):
    new = edited(
        tmp_path, "gptimage2api", ('title = "Veo 3.1 Fast"', 'title = "Veo Fast"'), ('"Unauthorized"', '"No."')
    )
    assert diff(gptimage2api, new) == ()
    assert [
        (change.effect, change.model, change.path, change.new) for change in diff(gptimage2api, new, words=True)
    ] == [
        ("says", "veo3_fast", "/models/veo3_fast/title", "Veo Fast"),
        ("says", None, "/responses/unauthorized/message", "No."),
    ]


def test_a_version_that_moves_over_an_edition_changes_requests_without_an_instant(tmp_path: Path):
    old = edited(tmp_path, "gptimage2api", more=SORA)
    (tmp_path / "new").mkdir()
    new = edited(tmp_path / "new", "gptimage2api", ('version = "2026-11-20"', 'version = "2027-01-02"'), more=SORA)
    changes = diff(old, new)
    assert (changes[-1].kind, len(changes)) == ("version", 7)
    assert {(change.since, change.example) for change in changes[:-1]} == {(datetime(2027, 1, 2, tzinfo=UTC), None)}
    assert all(change.message.startswith("Where no instant is given") for change in changes[:-1])


def test_a_rule_that_cannot_be_told_as_shapes_keeps_its_effect_without_an_example(tmp_path: Path, clipworks: Catalog):
    rule = 'id = "frames.sound"\nwhen = { audio = [true], mode = ["stills"] }'
    new = edited(tmp_path, "clipworks", (rule, 'id = "frames.sound"\nwhen = { prompt = ["loud"] }'))
    found = {
        (change.kind, change.effect, change.example) for change in diff(clipworks, new) if change.model == "reel-1"
    }
    assert found == {("frames.sound", "refuses", None), ("frames.sound", "accepts", None)}


def test_an_endpoint_is_removed_with_all_that_it_takes(tmp_path: Path, clipworks: Catalog):
    new = edited(
        tmp_path,
        "clipworks",
        ("endpoints.pictures", "endpoints.stills"),
        ('endpoint = "pictures"', 'endpoint = "stills"'),
    )
    kinds = [(change.kind, change.effect, change.path) for change in diff(clipworks, new) if change.model is None]
    assert kinds == [
        ("endpoint.removed", "refuses", "/endpoints/pictures"),
        ("endpoint.added", "accepts", "/endpoints/stills"),
    ]
    moved = {(change.kind, change.effect) for change in diff(clipworks, new) if change.model == "still/1"}
    assert moved == {("model.endpoint", "refuses"), ("model.endpoint", "accepts")}
