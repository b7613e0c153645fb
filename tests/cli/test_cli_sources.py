"""`pricing-rules sources`: the documents a catalog rests on, where they print each number, and what changed."""

import tomllib
from pathlib import Path

import pytest

from documents.places import AIV, DOCUMENTS, GPT
from documents.reading import pages
from pricing_rules import load_catalog
from support.command import CLIPWORKS, run
from support.our_pages import cut, replaced
from support.places import ROOT

FILES = {service: ROOT / "pricing_rules" / "catalogs" / f"{service}.toml" for service in (GPT, AIV)}
PRICES = "pricing.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Our pages in a folder, and gptimage2api as if it had been made from them."""
    documents = tmp_path / "pages"
    documents.mkdir()
    for name, text in pages().items():
        (documents / name).write_text(text, "utf-8")
    head, _, _ = FILES[GPT].read_text("utf-8").partition("[documents.")
    made = run("sources", "--service", GPT, "--documents", str(documents), "--toml")
    assert (made.code, made.err) == (0, "")
    (tmp_path / "own.toml").write_text(head + made.out, "utf-8")
    return tmp_path


def stale(folder: Path, *arguments: str):
    own = ("--catalog", str(folder / "own.toml"), "--documents", str(folder / "pages"))
    return run("sources", *own, "--stale", *arguments)


def edit(folder: Path, name: str, change) -> None:
    (folder / "pages" / name).write_text(change(pages()[name]), "utf-8")


def test_sources_are_listed_with_their_documents_and_how_much_rests_on_them():
    found = run("sources", COLUMNS="200")
    assert (found.code, found.err) == (0, "")
    assert "pricing.txt 2026-11-20 video_prices Video models 54" in found.lines
    assert "aivideoapi-gpt-image-2.txt 2026-11-20 errors Error Reference 10" in found.lines
    assert "error_page Errors & refunds 6" in found.lines


def test_sources_are_told_as_json():
    rows = run("sources", "--service", GPT, "--json").document
    assert {row["source"] for row in rows} == set(load_catalog(GPT).sources)
    assert {"service": GPT, "document": PRICES, "read": "2026-11-20", "source": "image_prices",
            "heading": "Image models", "numbers": 7} in rows  # fmt: skip
    assert [row["document"] for row in rows if row["source"] == "error_page"] == [None]


def test_a_catalog_without_documents_has_sources_alone():
    found = run("sources", "--catalog", CLIPWORKS)
    assert found.code == 0
    assert all(source in found.words for source in load_catalog(Path(CLIPWORKS)).sources)


def test_each_number_is_shown_below_the_line_that_prints_it(folder: Path):
    found = run("sources", "--documents", str(folder / "pages"))
    assert (found.code, found.err) == (0, "")
    row = "kling/v2-1-standardimage-to-video11, 225s = 11, 10s = 22."
    line = found.lines.index(f"{pages()[PRICES].splitlines().index(row) + 1} {row}")
    assert found.lines[line + 1] == "kling/v2-1-standard 5 s = 11; kling/v2-1-standard 10 s = 22"
    assert found.lines[line - 1] == "pricing.txt: Video models"
    assert "gpt-image-2 2k = 4.8" in found.lines


def test_places_as_json_name_document_heading_line_and_text(folder: Path):
    told = run("sources", "--service", AIV, "--documents", str(folder / "pages"), "--json").document
    (price,) = [one for one in told if one["parameters"] and one["parameters"]["resolution"] == "2k"]
    line = pages()["aivideoapi-gpt-image-2.txt"].split("\n").index("2k4.8 credits$0.024") + 1
    assert price == {
        "service": AIV, "key": "prices[0]", "model": "gpt-image-2", "value": 4.8, "basis": "documented",
        "parameters": {"duration": None, "resolution": "2k", "outputs": None, "audio": None},
        "document": "aivideoapi-gpt-image-2.txt", "heading": "Pricing", "line": line, "text": "2k4.8 credits$0.024",
    }  # fmt: skip
    assert [one["value"] for one in told if one["key"] == "endpoints.image.rules[1]"] == [
        ["16:9", "9:16", "2:1", "1:2", "21:9", "9:21"]
    ]


def test_pages_as_they_were_read_are_0(folder: Path):
    found = stale(folder)
    assert (found.code, found.lines) == (0, ["Every printed number stands where it did, and no section has changed."])
    assert stale(folder, "--json").document == {"lost": [], "changed": [], "sections": []}


def test_a_changed_number_is_1_and_named(folder: Path):
    edit(folder, PRICES, replaced("video11, 225s = 11, 10s = 22.", "video12, 225s = 12, 10s = 22."))
    found = stale(folder)
    assert found.code == 1
    assert found.lines[:3] == [
        "1 number no longer found",
        "gptimage2api pricing.txt: Video models: kling/v2-1-standard 5 s = 11: its row prints no '11'",
        "1 section changed, on which 54 numbers rest",
    ]
    assert "kling/v2-1-standard 10 s = 22" in found.out
    assert "and 48 more" in found.words


def test_what_is_stale_as_json(folder: Path):
    edit(folder, PRICES, cut("Image models", "Video models"))
    told = stale(folder, "--json")
    assert (told.code, len(told.document["lost"]), len(told.document["changed"])) == (1, 7, 7)
    assert told.document["lost"][0]["reason"] == "there is no line 'Image models'"
    assert [(one["source"], one["fault"], one["sha256"]) for one in told.document["sections"]] == [
        ("image_prices", "there is no line 'Image models'", None)
    ]


def test_a_document_that_is_not_there_puts_its_numbers_in_doubt(folder: Path):
    (folder / "pages" / PRICES).unlink()
    found = stale(folder)
    assert (found.code, "2 sections changed, on which 61 numbers rest" in found.lines) == (1, True)
    (folder / "own.toml").write_text(FILES[GPT].read_text("utf-8"), "utf-8")
    assert run("sources", "--documents", str(folder / "pages"), "--service", GPT).code == 3


def test_how_a_section_reads_that_was_never_recorded_is_told(folder: Path):
    text = (folder / "own.toml").read_text("utf-8")
    own = "\n".join(line for line in text.splitlines() if not line.startswith("sha256"))
    (folder / "own.toml").write_text(own, "utf-8")
    found = stale(folder)
    assert (found.code, "how it read is not recorded" in found.out) == (1, True)


@pytest.mark.parametrize("service", [GPT, AIV])
def test_the_tables_that_toml_prints_are_the_documents_of_the_catalog_but_for_the_digests(folder: Path, service: str):
    made = run("sources", "--service", service, "--documents", str(folder / "pages"), "--toml")
    tables = tomllib.loads(made.out)["documents"]
    assert {
        name: {source: (each["from"], each.get("until")) for source, each in table["sections"].items()}
        for name, table in tables.items()
    } == DOCUMENTS[service]
    digests = {each.pop("sha256") for table in tables.values() for each in table["sections"].values()}
    assert len(digests) == sum(map(len, DOCUMENTS[service].values()))
    bundled = tomllib.loads(FILES[service].read_text("utf-8"))["documents"]
    assert tables == {
        name: {**table, "sections": {source: {key: value for key, value in each.items() if key != "sha256"}
                                     for source, each in table["sections"].items()}}
        for name, table in bundled.items()
    }  # fmt: skip


def test_an_address_is_kept_by_toml(folder: Path):
    text = (folder / "own.toml").read_text("utf-8")
    own = text.replace('[documents."pricing.txt"]\n', '[documents."pricing.txt"]\nurl = "https://example.com/p"\n')
    (folder / "own.toml").write_text(own, "utf-8")
    made = run("sources", "--catalog", str(folder / "own.toml"), "--documents", str(folder / "pages"), "--toml")
    assert tomllib.loads(made.out)["documents"][PRICES]["url"] == "https://example.com/p"


def test_toml_of_a_section_that_is_not_there_is_3(folder: Path):
    edit(folder, PRICES, replaced("\nNotes\n", "\nRemarks\n"))
    made = run("sources", "--service", GPT, "--documents", str(folder / "pages"), "--toml")
    assert (made.code, "there is no line 'Notes'" in made.err) == (3, True)


def test_a_long_line_is_shown_in_part(folder: Path):
    edit(folder, PRICES, replaced("22.\n", f"22. {'and so on ' * 50}\n"))
    found = run("sources", "--service", GPT, "--documents", str(folder / "pages"))
    (line,) = [line for line in found.out.splitlines() if line.endswith("…")]
    assert len(line.partition("  kling")[2]) == 200 - len("kling") + len("…")


# Hostile documents


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * 10_000_000, "larger than 8,000,000 bytes"),
        (b"x" * 5_000_000, "it has more than 2,000,000 characters"),
        (b"\n" * 1_000_000, "it has more than 100,000 lines"),
        (b"\x89PNG\r\n\x1a\n\x00", "not UTF-8 text at byte 1"),
        ("Image models\n".encode("utf-16"), "not UTF-8 text at byte 1"),
        (b"Image\x00models", "it is no text: it has a character of code 0"),
        (b"", "there is no line 'Image models'"),
    ],
)
def test_what_is_no_document_is_3(folder: Path, content: bytes, said: str):
    (folder / "pages" / PRICES).write_bytes(content)
    found = run("sources", "--service", GPT, "--documents", str(folder / "pages"))
    assert (found.code, found.out) == (3, "")
    assert said in found.err


def test_a_folder_in_the_place_of_a_document_is_3(folder: Path):
    (folder / "pages" / PRICES).unlink()
    (folder / "pages" / PRICES).mkdir()
    assert run("sources", "--service", GPT, "--documents", str(folder / "pages")).code == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--stale",), "--stale needs --documents"),
        (("--toml",), "--toml needs --documents"),
        (
            ("--overlay", str(ROOT / "tests" / "catalogs" / "studio.toml"), "--service", GPT),
            "an overlay is no document",
        ),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(arguments: tuple[str, ...], said: str):
    found = run("sources", *arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
