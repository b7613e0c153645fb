"""Every example of the README and the other pages that Python alone can run, executed."""

import json
import re
import shlex
import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from doctest import DocTestParser, DocTestRunner
from importlib import import_module
from pathlib import Path

import pytest

from pricing_rules import Catalog, Unpriced, load_catalog, options, price, quote, validate
from pricing_rules.audit.sample.log import sample
from pricing_rules.cli.program import program
from pricing_rules.export import page
from pricing_rules.tariffs import load_overlay, overlaid
from support.command import Run, run
from support.overlays import KNOWN, STUDIO
from support.pages import AUDIT, CATALOGS, MAINTAINERS, PAGES, README, SCHEMAS, SORA, TESTS, WAN, Page
from support.places import CLIPWORKS, ROOT

RUN_IN = {  # how many examples of a page are executed, here or in the complete tier
    "README.md": {"sh": 4, "text": 2, "pycon": 3, "python": 1},
    "schemas/README.md": {"js": 5, "jsx": 3, "python": 1, "sh": 1, "text": 1, "ts": 1},
    "pricing_rules/audit/README.md": {"sh": 8, "text": 1, "python": 4, "csv": 2, "toml": 2},
    "pricing_rules/catalogs/README.md": {"toml": 7, "pycon": 4, "sh": 6, "text": 3, "csv": 1},
    "pricing_rules/request/README.md": {"python": 10, "text": 1},
    "pricing_rules/README.md": {"sh": 1},
    "tests/README.md": {"sh": 2},
    "benchmarks/README.md": {},
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_no_example_of_a_page_is_left_out(page: Page):
    found = [language for language, _ in page.examples]
    assert {language: found.count(language) for language in found} == RUN_IN[page.path]
    assert page.text.count("```") == 2 * len(found)


def test_every_page_is_looked_at():
    tracked = {
        path.relative_to(ROOT).as_posix()
        for folder in ("schemas", "pricing_rules", "benchmarks")
        for path in (ROOT / folder).rglob("*.md")
    }
    assert {page.path for page in PAGES} == tracked | {"README.md", "tests/README.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_what_a_page_names_of_the_project_stands_there(page: Page):
    assert page.astray == []


def test_the_readme_is_read_to_its_end():
    assert len(README.text.splitlines()) <= 300


@pytest.mark.parametrize("module", ["", ".responses", ".ledger", ".tariffs", ".audit", ".export", ".facts"])
def test_the_table_of_the_readme_has_every_public_name(module: str):
    table = README.text.split("## Public, and not")[1].split("\n## ")[0]
    known = set(re.findall(r"`([\w.]+)`", table))
    try:
        names = import_module(f"pricing_rules{module}").__all__
    except ModuleNotFoundError:
        pytest.skip("no such room")
    assert set(names) - known == set()
    assert module in known | {""}


def test_the_sample_requests_of_the_documents_answer_what_the_readme_says():
    ours, other = load_catalog("gptimage2api"), load_catalog("aivideoapi")
    image = quote(ours, {"model": "gpt-image-2", "prompt": "a bottle", "aspectRatio": "4:5"})
    assert (image.credits, image.basis) == (3, "documented")
    with pytest.raises(Unpriced) as refused:
        quote(ours, SORA)
    assert [option.credits for option in refused.value.options] == [5, 8]
    known = overlaid(ours, load_overlay(KNOWN))
    assert quote(known, SORA).credits == 5
    for given, charged, dollars in (({}, "2.4", "0.012"), ({"resolution": "4k"}, "7.2", "0.036")):
        body = {"model": "gpt-image-2", "input": {"prompt": "a castle", "aspect_ratio": "16:9", **given}}
        assert (str(quote(other, body).credits), str(quote(other, body).usd)) == (charged, dollars)


def test_the_examples_in_python_print_what_they_say():
    session = "\n".join(README.blocks("pycon"))
    runner = DocTestRunner(verbose=False)
    runner.run(DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0))
    assert (runner.failures, runner.tries > 10) == (0, True)


def asked(command: str) -> Run:
    """Run a command of a page, as a person would who has installed the library."""
    program, *arguments = shlex.split(command)
    assert program == "pricing-rules"
    return run(*arguments)


def test_the_first_command_prints_the_breakdown_below_it():
    *_, command = README.blocks("sh")[0].split(".venv/bin/")
    printed = [line.rstrip() for line in asked(command).out.splitlines()]
    assert printed == README.blocks("text")[0].splitlines()


def test_the_second_command_installs_what_the_default_tier_needs_and_runs_it():
    assert README.blocks("sh")[1] == (
        "python3 -m venv .venv && .venv/bin/pip install --quiet --editable '.[test]' "
        "&& .venv/bin/python -m pytest -n auto\n"
    )


def test_the_third_command_runs_everything():
    install, _, test = README.blocks("sh")[2].partition(" && ")
    assert install == ".venv/bin/pip install --quiet --editable '.[test-all]'"
    assert re.fullmatch(r"\.venv/bin/python -m pytest .*\btests\n", test)


@pytest.mark.parametrize("command", README.commands)
def test_a_command_of_the_table_runs(tmp_path: Path, monkeypatch, command: str):
    (tmp_path / "request.json").write_text(json.dumps(WAN))
    (tmp_path / "requests.jsonl").write_text(f"{json.dumps(WAN)}\n{json.dumps(SORA)}\n")
    if "usage.parquet" in command:
        sample(load_catalog("gptimage2api"), 100, tmp_path / "usage.parquet", faults={})
    (tmp_path / "studio.toml").write_text(STUDIO.read_text())
    (tmp_path / "table.csv").write_text(",5,10,15\n720p,30,60,90\n1080p,45,89,133\n")
    monkeypatch.chdir(tmp_path)
    ran = asked(command)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


def test_the_table_names_every_command():
    assert {shlex.split(command)[1] for command in README.commands} == set(program.commands)


def test_the_audit_finds_what_was_made_up(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make, audit, explain = README.blocks("sh")[-1].splitlines()
    assert asked(make).code == 0
    told = asked(audit)
    assert (told.code, told.out.splitlines()[-1]) == (1, README.blocks("text")[1].strip())
    assert len((tmp_path / "findings.csv").read_text().splitlines()) == 1 + 3 + 2
    assert "Customers are owed 38 credits on 5 tasks" in (tmp_path / "report.html").read_text()
    assert "overcharged, charged 33, expected 32" in asked(explain).out


def test_a_log_is_rated_as_the_page_about_audits_says(tmp_path: Path, monkeypatch, capsys):
    sample(load_catalog("gptimage2api"), 500, tmp_path / "usage.parquet", faults={})
    (tmp_path / "studio.toml").write_text(STUDIO.read_text())
    monkeypatch.chdir(tmp_path)
    told = asked(AUDIT.blocks("sh")[-1])
    assert (told.code, told.err) == (0, "")
    exec(compile(AUDIT.file("rated.py"), "rated.py", "exec"), {})  # noqa: S102 -- our own page
    before, then, difference = map(Decimal, capsys.readouterr().out.splitlines()[0].split())
    assert (then - before, then < before) == (difference, True)
    assert any(f"{then:,f}" in line and f"{difference:+,f}" in line for line in told.out.splitlines())


def test_the_first_day_with_a_log_of_ones_own_goes_as_the_page_about_audits_says(tmp_path, monkeypatch, capsys):
    (tmp_path / "company.csv").write_text(AUDIT.blocks("csv")[0])
    (tmp_path / "ledger.csv").write_text(AUDIT.blocks("csv")[1])
    monkeypatch.chdir(tmp_path)
    suggested, audited = map(asked, AUDIT.blocks("sh")[1].splitlines())
    assert (suggested.code, (tmp_path / "mapping.toml").read_text()) == (0, AUDIT.blocks("toml")[0])
    assert "1 row has a status that is not known: what is owed on it cannot be told." in audited.words
    assert "status 'ARCHIVED': 1 row" in audited.lines
    by_flags = asked(f"{AUDIT.blocks('sh')[2].strip()} --json").document
    # 4.5 for an image of 3, and 3 for one that failed
    assert (by_flags["counts"], by_flags["owed_to_customers"]["credits"]) == (
        {"overcharged": 1, "missing_refund": 1},
        "4.5",
    )
    exec(compile(AUDIT.file("mapped.py"), "mapped.py", "exec"), {})  # noqa: S102 -- our own page
    assert capsys.readouterr().out == f"{AUDIT.blocks('toml')[0]}\n{by_flags['counts']} 0\n"
    ledger = asked(f"{AUDIT.blocks('sh')[1].splitlines()[0]} --ledger ledger.csv")
    assert (ledger.code, (tmp_path / "mapping.toml").read_text().partition("\n[ledger]")[2]) == (
        0,
        AUDIT.blocks("toml")[1].removeprefix("[ledger]"),
    )
    with_ledger = asked(f"{AUDIT.blocks('sh')[1].splitlines()[1]} --ledger ledger.csv --json").document
    assert with_ledger["counts"] == {"unknown_status": 1, "charge_mismatch": 2, "undercharged": 2}


def test_findings_limits_and_statements_go_as_the_page_about_audits_says(tmp_path, monkeypatch):
    gpt = load_catalog("gptimage2api")
    (tmp_path / "logs").mkdir()
    for rows, path in ((1_000, tmp_path / "usage.parquet"), (200, tmp_path / "logs" / "day1.parquet")):
        sample(gpt, rows, path, seed=7, faults={"overcharged": 1, "missing_refund": 1})
    monkeypatch.chdir(tmp_path)
    explained, paged = map(asked, AUDIT.blocks("sh")[3].splitlines())
    assert (explained.code, "credits were charged; the tariff says" in explained.out) == (1, True)
    assert (paged.code, (tmp_path / "report.html").read_text().startswith("<!doctype html>")) == (1, True)
    within = asked(AUDIT.blocks("sh")[4])
    assert (within.code, 'failures="0"' in (tmp_path / "audit.xml").read_text()) == (0, True)
    sample(gpt, 100, tmp_path / "logs" / "day2.parquet", seed=8, faults={})
    assert asked(AUDIT.blocks("sh")[5]).code == 1
    accounts = (tmp_path / "statements" / "index.csv").read_text().splitlines()[1:]
    assert len(list((tmp_path / "statements").glob("*.html"))) == len(accounts) > 100


def test_the_server_has_about_40_lines():
    code = README.blocks("python")[0].partition("app = ")[2].splitlines()
    assert len([line for line in code if line.strip()]) <= 40


def extended(folder: Path, *tables: str) -> Catalog:
    """Append to a copy of a bundled catalog."""
    bundled = (ROOT / "pricing_rules" / "catalogs" / "gptimage2api.toml").read_text()
    (folder / "own.toml").write_text("\n".join((bundled, *tables)))
    return load_catalog(folder / "own.toml")


def test_the_model_that_is_added_is_priced(tmp_path: Path):
    catalog = extended(tmp_path, CATALOGS.blocks("toml")[0])
    # 7 and 7 x 1.75 = 12.25
    assert [option.credits for option in options(catalog, "acme/film-1")] == [7, 13]


def test_the_price_that_is_changed_holds_from_its_instant(tmp_path: Path):
    catalog = extended(tmp_path, *CATALOGS.blocks("toml")[:2])
    instants = [datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)]
    # 7 x 1.75 = 12.25 and 8 x 1.75 = 14
    assert [price(catalog, "acme/film-1", duration=12, at=at).credits for at in instants] == [13, 14]


def test_the_service_that_is_added_validates_and_quotes(tmp_path: Path):
    (tmp_path / "acme.toml").write_text(CATALOGS.blocks("toml")[2])
    catalog = load_catalog(tmp_path / "acme.toml")
    request = {"engine": "pencil-1", "text": "a cat", "size": {"lines": 1024}}
    # 0.125 x 5/3 = 0.2083..., up to hundredths
    assert (str(quote(catalog, request).credits), str(quote(catalog, request).usd)) == ("0.21", "0.21")
    assert str(price(catalog, "pencil-1").credits) == "0.13"
    assert [violation.path for violation in validate(catalog, {**request, "size": {"line": 512}})] == ["/size/line"]


@pytest.mark.parametrize("page", [MAINTAINERS, TESTS], ids=lambda page: page.path)
def test_the_commands_of_a_page_for_maintainers_run_what_the_readme_installs(page: Page):
    lines = [line for block in page.blocks("sh") for line in block.splitlines()]
    assert [line for line in lines if not re.match(r"(PRICING_RULES_\w+=1 )?\.venv/bin/", line)] == []


@pytest.fixture
def with_overlays(tmp_path: Path, monkeypatch) -> None:
    """Save the overlays of the page in the working folder."""
    studio, known = CATALOGS.blocks("toml")[3:5]
    (tmp_path / "studio.toml").write_text(studio)
    (tmp_path / "known.toml").write_text(known)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("with_overlays")
def test_the_overlays_of_the_page_price_as_it_prints():
    # 20 x 0.78 = 15.6; 63 at $0.006 is $0.378, sold at 63 x 0.72 = 45.36, so 46 cents
    runner = DocTestRunner(verbose=False)
    session = CATALOGS.blocks("pycon")[0]
    runner.run(DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0))
    assert (runner.failures, runner.tries) == (0, 9)


@pytest.mark.usefixtures("with_overlays")
def test_the_commands_of_the_page_take_its_overlays():
    commands = CATALOGS.blocks("sh")[0]
    prices, private, earned = map(asked, commands.splitlines())
    assert (prices.code, private.code, earned.code) == (0, 0, 0)
    assert "46" in prices.words
    assert "It costs studio 63 credits at gptimage2api" in private.lines
    assert earned.lines[-1] == "0 of 110 prices are below 15%."


def test_quote_pages_are_made_as_the_page_about_schemas_says(tmp_path: Path, monkeypatch):
    (tmp_path / "own.toml").write_text(CLIPWORKS.read_text())
    (tmp_path / "studio.toml").write_text(STUDIO.read_text())
    monkeypatch.chdir(tmp_path)
    for command in SCHEMAS.blocks("sh")[0].splitlines():
        ran = asked(command)
        assert (ran.code, ran.err) == (0, "")
    titles = {name: re.findall(r"<title>(.*)</title>", Path(name).read_text()) for name in ("mine.html", "studio.html")}
    assert titles == {
        "mine.html": ["What will it cost? GPT Image 2 API, Clip Works"],
        "studio.html": ["What will it cost? Studio"],
    }
    exec(compile(SCHEMAS.blocks("python")[0], "page.py", "exec"), {})  # noqa: S102 -- our own page
    assert Path("quote.html").read_text() == page([load_catalog("gptimage2api")])


@pytest.fixture
def with_a_page(tmp_path: Path, monkeypatch) -> Path:
    """Save the page that a catalog is made from, the table typed from it and the catalog that is made."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "acme.txt").write_text(CATALOGS.blocks("text")[1])
    (tmp_path / "acme.csv").write_text(CATALOGS.blocks("csv")[0])
    (tmp_path / "acme.toml").write_text(f"{CATALOGS.blocks('toml')[2]}\n{CATALOGS.blocks('toml')[-1]}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def steps() -> tuple[str, list[str], list[str]]:
    """Return the command that fits, those that check, and those that follow."""
    fit, check, follow = CATALOGS.blocks("sh")[-3:]
    return fit, check.splitlines(), follow.splitlines()


@pytest.mark.usefixtures("with_a_page")
def test_the_table_of_the_page_is_fitted_as_the_page_prints_and_as_the_catalog_has_it():
    found = asked(steps()[0])
    assert (found.code, found.out) == (0, CATALOGS.blocks("text")[2])
    drafted, written = (tomllib.loads(text)["prices"][0] for text in (found.out, CATALOGS.blocks("toml")[2]))
    assert drafted.items() <= written.items()
    # 0.125 x 1.6 is 0.2, charged 0.20; at most 0.21 : 0.125
    assert "1024 5/3 (1.6, 1.68]" in " ".join(asked(steps()[0].replace(" --toml", "")).lines)


def test_the_catalog_that_is_made_is_checked_against_its_page(with_a_page: Path):
    prices, model, places, digests = map(asked, steps()[1])
    assert [ran.code for ran in (prices, model, places, digests)] == [0, 0, 0, 0]
    assert {"pencil-1 512 0.13 $0.13 documented", "pencil-1 1024 0.21 $0.21 documented"} <= set(prices.lines)
    assert "resolution 1024 5/3 (1.6, 1.68]" in model.lines
    assert "pencil-1 512 = 0.13; pencil-1 1024 = 0.21; prices[0].default.resolution = 512" in places.words
    assert "fields.prompt.max_length = 500" in places.words
    (with_a_page / "acme.toml").write_text(f"{CATALOGS.blocks('toml')[2]}\n{digests.out}")
    export, stale = steps()[2]
    assert (asked(export).code, asked(stale).code) == (0, 0)
    assert (with_a_page / "acme").is_dir()
    page = with_a_page / "pages" / "acme.txt"
    page.write_text(page.read_text().replace("0.21", "0.22"))
    changed = asked(stale)
    assert (changed.code, "pencil-1 1024 = 0.21: its row prints no '0.21'" in changed.words) == (1, True)
