"""The quote page as people meet it in Chromium: sizes, keyboard, print, no script, no network, and any address."""

import random
from itertools import product
from pathlib import Path

import pytest
from attrs import evolve

from frontend.quote_page import SHOWN, used
from pricing_rules import load_catalog
from pricing_rules.catalog.strict import Words
from pricing_rules.export import page
from pricing_rules.tariffs import load_overlay, overlaid
from support.overlays import STUDIO
from support.places import CLIPWORKS

GPT, AIV, CLIPS = load_catalog("gptimage2api"), load_catalog("aivideoapi"), load_catalog(CLIPWORKS)
HOSTILE = "</script><script>document.title = 'changed'</script>\u202e<b>"
CATALOGS = {
    "bundled": [GPT, AIV],
    "invented": [CLIPS],
    "resale": [overlaid(GPT, load_overlay(STUDIO))],
    "hostile": [
        evolve(CLIPS, title=Words(HOSTILE), models={"reel-1": evolve(CLIPS.models["reel-1"], title=Words(HOSTILE))},
               prices=CLIPS.prices[:2]),
    ],
}  # fmt: skip
KLING = "#m=kling%2Fv2-1-pro&s=gptimage2api&t=image_to_video&d=15&r=1080p"
ADDRESSES = {
    "bundled": ("", SHOWN, KLING, "#t=text_to_image&b=500", "#d=99&v=2020-01-01"),
    "invented": ("", "#m=reel-1&t=stills&d=12&r=1080&a=true&n=3&x=1/3"),
    "resale": ("#b=100",),
    "hostile": ("#m=reel-1",),
}
VIEWS = [*product((1280, 390, 320), ("light", "dark"))]


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    folder: Path = tmp_path_factory.mktemp("pages")
    for name, catalogs in CATALOGS.items():
        (folder / f"{name}.html").write_text(page(catalogs))
    return {name: folder / f"{name}.html" for name in CATALOGS}


@pytest.mark.parametrize("name", CATALOGS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways_at_any_width_in_light_and_dark(files, name: str):
    every = list(product(ADDRESSES[name], VIEWS))
    jobs = [("looks", files[name], {"hash": at, "width": wide, "scheme": look}) for at, (wide, look) in every]
    found = used(*jobs)
    wrong = [(seen, one["answer"]) for seen, one in zip(every, found, strict=True) if any(one["answer"].values())]
    assert wrong == []


def test_the_page_asks_for_nothing_but_itself_and_says_nothing(files):
    found = used(*(("clicks", file, {"hash": "", "clicked": [], "selector": "h1"}) for file in files.values()))
    assert [one["requests"] for one in found] == [[f"file://{file}"] for file in files.values()]
    assert [one["troubles"] for one in found] == [[]] * len(files)


def test_fetch_images_and_other_scripts_are_blocked(files):
    (found,) = used(("walls", files["bundled"]))
    title = "What will it cost? GPT Image 2 API, AI Video API"
    assert found["answer"] == ["blocked", "blocked", "script-src-elem", title]


def test_markup_in_titles_is_text(files):
    (found,) = used(("clicks", files["hostile"], {"hash": "#m=reel-1", "clicked": [], "selector": "h2, header .about"}))
    assert [text for text in found["answer"]["texts"] if HOSTILE in text]
    assert found["troubles"] == []


def test_without_scripts_all_prices_are_read(files):
    (found,) = used(("plain", files["bundled"]))
    answer = found["answer"]
    assert (answer["rows"], answer["controls"]) == (61, 0)
    assert all(text in answer["seen"] for text in ("Wan 2.6 I2V", "133", "$0.036", "AI Video API", "inferred"))


def test_the_page_prints_on_at_most_four_sheets(files):
    found = used(*(("sheets", files["bundled"], {"hash": at}) for at in (SHOWN, "", "#t=text_to_image&q=3")))
    assert [one["answer"] for one in found if one["answer"] > 4] == []


def test_everything_is_chosen_by_the_keyboard_and_the_focus_stays(files):
    pressed = [
        ("task-image_to_video", "ArrowRight"),  # text to video
        ("duration-any", "ArrowRight"),
        (None, "ArrowRight"),
        ("requests", "5"),
        ("model-0 veo3_lite", "ArrowDown"),
        (None, "ArrowDown"),
        ("language-json", "ArrowRight"),
        ("copy", "Enter"),
    ]  # fmt: skip
    (found,) = used(("keys", files["bundled"], {"pressed": pressed}))
    assert found["troubles"] == []
    assert found["answer"]["focused"] == [
        "task-text_to_video", "duration=5", "duration=8", "requests", "model-0 veo3_fast", "model-0 veo3",
        "language-curl", "copy",
    ]  # fmt: skip
    address = "#m=veo3&s=gptimage2api&t=text_to_video&d=8&q=5&v=2026-11-20"
    assert (found["answer"]["address"], found["answer"]["toast"]) == (address, "curl copied")


def test_an_impossible_choice_keeps_the_need_and_offers_the_nearest_and_the_cheapest(files):
    job = {"hash": KLING, "selector": "#receipt button"}
    near, other = "[id=repair]", "[id=instead]"
    seen, repaired, instead = used(
        *(("clicks", files["bundled"], {**job, "clicked": clicked}) for clicked in ([], [near], [other]))
    )
    # pricing.txt: Video models: kling/v2-1-pro 10 s = 42, wan/2-6-image-to-video 15 s at 1080p = 133
    assert seen["answer"]["texts"] == ["Ask for 10 s: 42 credits", "Take Wan 2.6 I2V: 133 credits"]
    assert "d=10" in repaired["answer"]["address"]
    assert "m=wan" in instead["answer"]["address"]
    assert "d=15" in instead["answer"]["address"]


def test_a_choice_changes_no_other(files):
    clicked = [
        "label:has([id='duration=10'])",
        "label:has([id='resolution=1080p'])",
        "label:has([id='task-text_to_image'])",
    ]
    (found,) = used(("clicks", files["bundled"], {"hash": SHOWN, "clicked": clicked, "selector": "#receipt .refusal"}))
    assert found["answer"]["address"] == SHOWN.replace("image_to_video&d", "text_to_image&d") + "&v=2026-11-20"
    assert found["answer"]["texts"] == ["Cannot do this: takes image to video only."]


def hostile_addresses() -> list[str]:
    """Make 200 addresses of right and wrong parts, in any order, twice, unfinished and unending."""
    chance = random.Random(14)  # noqa: S311 -- the same ones every time
    keys = ["m", "s", "t", "d", "r", "a", "n", "q", "b", "x", "at", "v", "o", "__proto__", "constructor", "", "m[]"]
    values = [
        "veo3", "kling/v2-1-pro", "gptimage2api", "aivideoapi", "gpt-image-2", "text_to_video", "10", "1080p", "4k",
        "8K", "0", "1", "10", "11", "1e3", "-1", "1.1", "1/3", "1/0", "9" * 50, "NaN", "2026-11-20", "2026-02-30",
        "second", "__proto__", "toString", "%", "%zz", "%E0%A4%A", "\ud83c", "<script>", "'\"", "\u202e", "x" * 3_000,
        "", " ", "+", "#",
    ]  # fmt: skip
    made = []
    for _ in range(200):
        parts = [f"{chance.choice(keys)}={chance.choice(values)}" for _ in range(chance.randrange(1, 9))]
        made.append("#" + chance.choice(("&", "&", "&&", ";")).join(parts).replace("\ud83c", "%ED%A0%BC"))
    return made


@pytest.mark.parametrize("name", ["bundled", "invented"])
def test_two_hundred_hostile_addresses_end_canonical(files, name: str):
    every = hostile_addresses()
    (first,) = used(("states", files[name], {"addresses": every}))
    assert first["troubles"] == []
    ended = [answer["address"] for answer in first["answer"]]
    (again,) = used(("states", files[name], {"addresses": ended}))
    assert [answer["address"] for answer in again["answer"]] == ended
    assert {answer["banner"] for answer in again["answer"]} == {""}
    assert len([answer for answer in first["answer"] if answer["banner"]]) > 100
    order = ["m", "s", "t", "d", "r", "a", "n", "q", "b", "x", "at", "v", "o"]
    keys = [[part.partition("=")[0] for part in one[1:].split("&")] for one in ended if one]
    assert [one for one in keys if one != [key for key in order if key in one]] == []


def test_what_a_link_names_and_the_page_does_not_know_is_told(files):
    at = "#m=veo9&t=text_to_video&d=7&q=0&v=2026-01-01"
    (found,) = used(("states", files["bundled"], {"addresses": [at]}))
    assert found["answer"][0]["banner"] == (
        "This page does not know m=veo9, d=7 and q=0 of the link. "
        "The link was made with prices of 2026-01-01; these are of 2026-11-20."
    )
    assert found["answer"][0]["address"] == "#t=text_to_video&v=2026-11-20"


def test_a_dated_price_holds_from_its_day(files):
    # clipworks: 3.1 before 2026-05-01, then 3.3, in quarters; 0.72 then 0.78 of 63 at the studio
    days = ["#m=reel-1&t=text&d=4&at=2026-04-30", "#m=reel-1&t=text&d=4&at=2026-05-02"]
    (clips,) = used(("states", files["invented"], {"addresses": days}))
    assert [answer["credits"] for answer in clips["answer"]] == ["3.25", "3.5"]
    days = ["#m=veo3&t=text_to_video", "#m=veo3&t=text_to_video&at=2027-01-01"]
    (studio,) = used(("states", files["resale"], {"addresses": days}))
    assert [answer["credits"] for answer in studio["answer"]] == ["46", "50"]
    assert "at=2027-01-01" in studio["answer"][1]["address"]


def test_what_is_typed_and_what_a_credit_costs_its_reader_never_enter_the_address(files):
    typed = {"prompt": "secret", "references": "https://secret.example/a.png", "rate-0": "0.0125"}
    (found,) = used(("states", files["bundled"], {"addresses": [SHOWN], "typed": typed}))
    (answer,) = found["answer"]
    assert answer["usd"] == "1.1125"  # 89 x 0.0125
    assert ("secret" in answer["body"], "https://secret.example/a.png" in answer["body"]) == (True, True)
    assert answer["address"] == f"{SHOWN}&v=2026-11-20"
