"""`pricing-rules quote`: the breakdown people read, the refusals with their prices, and the JSON of both."""

import json

import pytest

from pricing_rules import InvalidRequest, Unpriced, as_dict, load_catalog, price, quote
from pricing_rules.cli.faults import unpriced
from support.command import CLIPWORKS, WAN, Run, changed, run

SORA = {"model": "sora-2-text-to-video", "inputMode": "text_to_video", "prompt": "a"}
SEEDANCE = {"model": "bytedance/seedance-1.5-pro", "inputMode": "text_to_video", "prompt": "a"}
KLING = {"model": "kling/v2-1-pro", "inputMode": "image_to_video", "prompt": "a", "duration": 5}
NANO = ("quote", "--model", "nano-banana-pro")


def run_quote(body: object, *arguments: str) -> Run:
    return run("quote", "-", *arguments, stdin=json.dumps(body))


# What a quote looks like

RECEIPT = """\
Wan 2.6  wan/2-6-text-to-video at gptimage2api
133 credits

  factor      value  multiplier  basis       source
  ─────────────────────────────────────────────────────────────────────
  base                       30  documented  pricing.txt [1]
  duration    15 s            3  inferred    generate-video.txt [2]
  resolution  1080p        1.47  inferred    credits-and-models.txt [3]
  outputs                     1  inferred    credits-and-models.txt
  audio                       1  inferred    credits-and-models.txt
  custom                      1  inferred    credits-and-models.txt

  30 × 3 × 1.47 = 132.3, rounded up by 0.7
  inferred, see [2]: the price page does not print this amount by name

  [1] pricing.txt: Video models
  [2] generate-video.txt: Field notes
      Three prices without seconds; 1:2:3 fits only 5, 10 and 15 of the
      durations named.
  [3] credits-and-models.txt: Credit formula
      Only the products are printed; each multiplier is the simplest one that
      gives every printed product.

  Catalog of 2026-11-20
"""


def test_a_quote_is_a_charge_six_factors_their_product_the_rounding_and_the_sources():
    assert run(*WAN, "--duration", "15") == (0, RECEIPT, "")


def test_a_custom_multiplier_is_a_factor_before_the_one_rounding():
    found = run(*WAN, "--duration", "10", "--custom-multiplier", "5")
    assert found.lines[1] == "441 credits"
    assert "30 × 2 × 1.47 × 5 = 441, nothing to round" in found.lines


def test_a_ratio_stays_exact():
    found = run(*NANO, "--resolution", "4K", "--outputs", "5")
    assert found.lines[1] == "100 credits"
    assert "12 × 5/3 × 5 = 100, nothing to round" in found.lines


def test_several_outputs_show_the_other_reading_of_their_price():
    found = run(*NANO, "--resolution", "4K", "--outputs", "5")
    assert "Read as a price of the whole request, whatever the outputs, it would be 20 credits." in found.words


def test_dollars_stand_beside_the_credits_where_they_are_published():
    found = run("quote", "--service", "aivideoapi", "--model", "gpt-image-2", "--resolution", "4k")
    assert found.lines[1] == "7.2 credits, $0.036"
    assert "2.4 × 3 = 7.2, nothing to round" in found.lines
    assert "documented: the price page prints this amount" in found.lines


def test_dollars_have_two_decimals_or_more():
    found = run("quote", "--catalog", CLIPWORKS, "--model", "reel-1", "--duration", "12", "--outputs", "1")
    assert found.lines[1] == "10 credits, $0.20"


def test_tenths_of_a_credit_are_named():
    asked = ("--model", "gpt-image-2", "--resolution", "4k", "--custom-multiplier", "1.01")
    found = run("quote", "--service", "aivideoapi", *asked)
    assert "2.4 × 3 × 1.01 = 7.272, rounded up by 0.028" in found.lines


def test_other_units_are_named_by_their_size():
    found = run("quote", "--catalog", CLIPWORKS, "--model", "reel-1", "--duration", "4")
    assert "3.3 × 1 × 1 × 1 = 3.3, rounded up by 0.2" in found.lines


def test_one_credit_is_no_plural():
    found = run("quote", "--catalog", CLIPWORKS, "--model", "reel-1-mini", "--duration", "4")
    assert found.lines[1] == "1 credit, $0.02"


def test_a_flat_price_needs_no_product():
    found = run("quote", "--model", "google/nano-banana")
    assert "3, nothing to round" in found.lines


def test_a_reading_that_only_a_note_names_is_numbered_like_the_others():
    found = run_quote({"model": "google/nano-banana", "prompt": "a", "providerInput": {"a": 1}})
    assert "inferred, see [2]: the price page does not print this amount by name" in found.lines
    assert "[2] generate-image.txt: Request Body; generate-video.txt: Request Body" in found.lines


def test_a_remark_of_the_endpoint_is_shown():
    video = {"model": "veo3", "inputMode": "image_to_video", "prompt": "a", "inputImageUrls": ["http://a.b/c"] * 2}
    assert "Only the first image is used by the provider today." in run_quote(video).lines


def test_a_reason_that_no_factor_has_is_written_out(tmp_path):
    old = 'source = "tariff"\nreadings = { audio = "loud" }'
    own = changed(tmp_path, (old, 'reading = "loud"\nreadings = { base = "caller" }'))
    found = run("quote", "--catalog", own, "--model", "reel-1", "--duration", "4")
    assert "inferred, see [1], [3]: the price page does not print this amount by name" in found.lines
    assert "The page prints one price with sound and one without." in found.lines


# What is asked for


@pytest.mark.parametrize(("asked", "credits_"), [("5", 21), ("5.0", 21), ("10", 42), ("10.00", 42)])
def test_a_duration_is_read_as_the_number_that_it_is(asked, credits_):
    found = run("quote", "--model", "kling/v2-1-pro", "--duration", asked, "--json")
    assert found.document["credits"] == credits_


@pytest.mark.parametrize(
    "asked", ["5s", "five", "-5", "+5", "5.", ".5", "5e0", "1_0", " 5", "\u0665", "9" * 5000, "5.5"]
)
def test_a_duration_that_is_no_tier_is_refused_with_the_tiers(asked):
    found = run("quote", "--model", "kling/v2-1-pro", "--duration", asked)
    assert found.code == 1
    assert "'duration' must be 5 or 10; got " in found.words
    assert "5 s 21 documented" in found.lines


@pytest.mark.parametrize(("sound", "credits_"), [("false", "3.5"), ("true", "4.5")])
def test_sound_is_read_as_the_boolean_that_its_field_holds(sound, credits_):
    found = run("quote", "--catalog", CLIPWORKS, "--model", "reel-1", "--duration", "4", "--audio", sound)
    assert found.lines[1].startswith(f"{credits_} credits")


def test_a_resolution_is_read_as_the_type_of_its_field():
    found = run("quote", "--catalog", CLIPWORKS, "--model", "reel-1", "--duration", "4", "--resolution", "1080")
    assert found.lines[1] == "7.75 credits, $0.155"


def test_an_instant_chooses_the_edition_of_the_prices():
    asked = ("quote", "--catalog", CLIPWORKS, "--model", "reel-1", "--duration", "8", "--json", "--at")
    before, after = (run(*asked, instant).document for instant in ("2026-05-01T09:59:59Z", "2026-05-01T12:00:00+02:00"))
    assert (before["exact"], after["exact"]) == ("5.89", "6.6")


def test_one_output_may_be_asked_of_a_model_that_always_makes_one():
    assert run("quote", "--model", "veo3", "--outputs", "1", "--json").document["credits"] == 63


def test_a_request_is_read_from_a_file(tmp_path):
    file = tmp_path / "request.json"
    file.write_text(json.dumps(KLING | {"inputImageUrls": ["https://a.b/c"]}))
    assert run("quote", str(file)).lines[1] == "21 credits"


def test_a_request_takes_a_custom_multiplier_an_instant_and_an_endpoint():
    body = {"job": {"engine": "reel-1", "text": "hi", "seconds": 8}}
    asked = ("--catalog", CLIPWORKS, "--custom-multiplier", "2", "--at", "2026-01-01T00:00Z", "--endpoint", "clips")
    assert run_quote(body, *asked, "--json").document["exact"] == "11.78"


def test_a_number_in_a_request_is_never_rounded():
    body = json.dumps(KLING | {"inputImageUrls": ["https://a.b/c"]})
    found = run("quote", "-", stdin=body.replace('"duration": 5', '"duration": 5.00000000000000000001'))
    assert "'duration' must be 5 or 10; got 5.00000000000000000001." in found.lines


# What is refused


def test_a_tier_without_a_price_lists_those_that_have_one():
    found = run_quote({"model": "nano-banana-pro", "prompt": "a", "resolution": "1K"})
    assert found.code == 1
    assert found.lines[0] == "Invalid, 1 fault: Nano Banana Pro (Gemini 3) nano-banana-pro at gptimage2api"
    assert found.lines[2:4] == ["/resolution", "'resolution' must be '2K' or '4K'; got '1K'."]
    assert found.lines[-2:] == ["2K 12 documented", "4K 20 documented"]


def test_a_resolution_without_a_price_lists_every_duration_of_the_others():
    found = run_quote(SEEDANCE | {"resolution": "480p", "duration": 5})
    assert found.code == 1
    assert found.lines[-4:] == ["720p 5 s 18 inferred", "720p 10 s 36 inferred", "1080p 5 s 27 inferred",
                                "1080p 10 s 54 inferred"]  # fmt: skip


def test_a_valid_request_without_what_its_price_needs_is_told_what_it_could_cost():
    found = run_quote(SORA)
    assert (found.code, found.err) == (1, "")
    assert found.out == COULD_COST


COULD_COST = """\
Valid, but not priced: Sora 2  sora-2-text-to-video at gptimage2api

  'duration' is missing; it must be 5, 10 or 20.
  'resolution' is missing; it must be '720p' or '1080p'.

What it could cost:
  resolution  duration  credits  basis
  ───────────────────────────────────────
  720p             5 s        5  inferred
  720p            10 s       10  inferred
  720p            20 s       20  inferred
  1080p            5 s        8  inferred
  1080p           10 s       15  inferred
  1080p           20 s       30  inferred
"""


def test_parameters_that_a_price_needs_are_told_with_what_they_could_cost():
    found = run("quote", "--model", "sora-2-text-to-video", "--duration", "5")
    assert found.code == 1
    assert found.lines[0] == "Not priced: Sora 2 sora-2-text-to-video at gptimage2api"
    assert found.lines[2] == "'resolution' is missing; it must be '720p' or '1080p'."
    assert found.lines[-2:] == ["720p 5 s 5 inferred", "1080p 5 s 8 inferred"]


def test_what_several_outputs_could_cost_names_them():
    found = run("quote", "--model", "nano-banana-2", "--outputs", "3")
    assert found.lines[-3:] == ["1K 3 12 inferred", "2K 3 18 inferred", "4K 3 24 inferred"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("sora-2-text-to-video", "--duration=5", "--resolution=1080"),
         "'resolution' must be '720p' or '1080p'; got '1080'. Did you mean '1080p'?"),
        (("nano-banana-pro", "--resolution=1K"), "'resolution' must be '2K' or '4K'; got '1K'."),
        (("nano-banana-pro", "--resolution=4K", "--outputs=11"), "'outputs' must be at most 10; got 11."),
        (("nano-banana-pro", "--resolution=4K", "--outputs=two"), "'outputs' must be an integer; got 'two'."),
        (("google/nano-banana", "--resolution=1K"), "'resolution' is not taken by this model; leave it out."),
        (("veo3", "--audio=true"), "'audio' is not taken by this model; leave it out."),
        (("veo3", "--outputs=2"), "'outputs' is not taken by this model; leave it out."),
        (("veo3", "--duration=5"), "'duration' must be 8; got 5."),
    ],
)  # fmt: skip
def test_a_parameter_without_a_price_is_told_what_it_must_be(asked, said):
    found = run("quote", "--model", *asked)
    assert found.code == 1
    assert said in found.lines


def test_outputs_without_a_default_are_told_to_be_missing():
    catalog = load_catalog(CLIPWORKS)
    told = list(unpriced(catalog, Unpriced("reel-1", ("outputs",), ()), asked={}, said="Not priced"))
    assert str(told[-1].renderable) == "'outputs' is missing."


def test_a_tier_of_another_edition_is_told_what_that_one_has(tmp_path):
    own = changed(tmp_path, ("8 = 2, 12 = 3", "8 = 2, 16 = 4"))
    request = {"job": {"engine": "reel-1", "text": "hi", "seconds": 16}}
    found = run_quote(request, "--catalog", own, "--at", "2026-01-01T00:00:00Z")
    assert "'job.seconds' must be 4, 8 or 12; got 16." in found.lines


@pytest.mark.parametrize("asked", [("--model", "still/1"), ("-",)])
def test_an_instant_before_the_first_price_is_told(asked):
    body = json.dumps({"job": {"engine": "still/1", "stills": ["http://a.b/c"]}})
    found = run("quote", *asked, "--catalog", CLIPWORKS, "--at", "2025-12-31T23:59:59Z", stdin=body)
    assert found.code == 1
    assert found.lines[2:] == ["There is no price at that instant."]


def test_a_fault_at_an_instant_without_prices_lists_none(tmp_path):
    own = changed(tmp_path, ('models = ["reel-1-mini"]', 'models = ["reel-1-mini"]\nsince = 2026-01-01T00:00:00Z'))
    body = {"job": {"engine": "reel-1-mini", "text": "hi", "seconds": 5}}
    assert "What it costs:" in run_quote(body, "--catalog", own).lines
    assert "What it costs:" not in run_quote(body, "--catalog", own, "--at", "2025-01-01T00:00:00Z").lines


# JSON


def test_json_is_the_quote_as_a_dictionary():
    expected = price(load_catalog("gptimage2api"), "nano-banana-pro", resolution="4K", outputs=5)
    assert run(*NANO, "--resolution", "4K", "--outputs", "5", "--json") == (0, dumped(as_dict(expected)), "")


def test_json_of_an_invalid_request_is_the_error_as_a_dictionary():
    body = SORA | {"duration": 7}
    with pytest.raises(InvalidRequest) as refusal:
        quote(load_catalog("gptimage2api"), body)
    assert run_quote(body, "--json") == (1, dumped(as_dict(refusal.value)), "")


def test_json_of_an_unpriced_request_is_the_error_as_a_dictionary():
    with pytest.raises(Unpriced) as refusal:
        quote(load_catalog("gptimage2api"), SORA)
    assert run_quote(SORA, "--json") == (1, dumped(as_dict(refusal.value)), "")


def dumped(document: object) -> str:
    return f"{json.dumps(document, indent=2)}\n"
