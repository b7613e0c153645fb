"""`--overlay` with every command, and `pricing-rules margins`."""

import json
from pathlib import Path

import pytest

from pricing_rules.cli.services import chosen
from support.command import CLIPWORKS, run
from support.overlays import KNOWN, STUDIO, head, table, written

OVERLAY = ("--overlay", str(STUDIO))
BOTH = ("--overlay", str(KNOWN), *OVERLAY)


def test_an_overlay_names_the_service_that_it_stands_over():
    found = run("quote", "--model", "gpt-image-2", *OVERLAY)
    assert (found.code, found.lines) == (0, ["GPT Image 2 gpt-image-2 at studio", "4 credits, $0.04"])


def test_a_quote_tells_all_where_that_is_asked_for():
    found = run("quote", "--model", "veo3", *OVERLAY, "--private")
    assert "63 × 0.72 = 45.36, rounded up by 0.64" in found.lines
    assert "It costs studio 63 credits at gptimage2api" in found.lines
    assert "Under studio of 2026-11-21, on the charge below" in found.lines
    assert "lines" not in run("quote", "--model", "veo3", *OVERLAY, "--json").document
    assert run("quote", "--model", "veo3", *OVERLAY, "--json", "--private").document["cost"]["credits"] == 63


def test_a_plan_that_shows_its_working_names_itself():
    found = run("quote", "--model", "veo3", "--overlay", str(KNOWN))
    assert "Under known of 2026-11-21, on the product below" in found.lines


def test_overlays_are_laid_one_on_the_other(tmp_path: Path):
    path = tmp_path / "sora.json"
    path.write_text(
        json.dumps({"model": "sora-2-text-to-video", "prompt": "a", "inputMode": "text_to_video", "duration": 5})
    )
    assert run("quote", str(path), *OVERLAY).code == 1
    assert run("quote", str(path), *BOTH).lines[-1] == "4 credits, $0.04"


@pytest.mark.parametrize(
    "command", [("prices",), ("models",), ("schema", "video"), ("prices", "--format", "csv"), ("models", "veo3")]
)
def test_every_command_takes_overlays(command: tuple[str, ...]):
    found = run(*command, *OVERLAY)
    assert found.code == 0
    assert "veo3_lite" not in found.out
    assert "veo3" in found.out


def test_validate_judges_by_what_is_left(tmp_path: Path):
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"model": "nano-banana-pro", "prompt": "a", "resolution": "4K"}))
    assert run("validate", str(path)).code == 0
    assert "must be '2K'; got '4K'." in run("validate", str(path), *OVERLAY).words


def test_export_writes_a_resale_and_check_knows_it(tmp_path: Path):
    folder = str(tmp_path / "schemas")
    assert run("export", folder, *OVERLAY).code == 0
    assert (tmp_path / "schemas" / "studio" / "prices.json").exists()
    assert run("export", folder, *OVERLAY, "--check").code == 0
    assert run("export", folder, *BOTH, "--check").code == 1


def test_an_audit_judges_charges_by_the_resale(tmp_path: Path):
    log = tmp_path / "log.jsonl"
    row = {"model": "veo3", "status": 1, "credits_refunded": 0, "duration": 8, "created_at": "2026-11-21T00:00:00Z"}
    rows = [{"task_id": "1", "credits_used": 46, **row}, {"task_id": "2", "credits_used": 63, **row}]
    log.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    found = run("audit", str(log), *OVERLAY, "--json")
    assert found.code == 1
    assert found.document["counts"] == {"overcharged": 1}


def test_an_overlay_over_a_catalog_of_ones_own():
    path = str(written(head("charge", "clipworks", "shop") + table("rates", rate=2)))
    files = ("--catalog", CLIPWORKS, "--overlay", path)
    found = run("quote", *files, "--model", "reel-1-mini", "--duration", "4", "--json")
    assert (found.document["service"], found.document["credits"]) == ("shop", 2)


def test_a_file_at_fault_exits_3_and_names_it():
    path = str(written(head("charge") + table("rates", rate=0)))
    found = run("prices", "--overlay", path)
    assert found.code == 3
    assert "rates[0].rate: expected more than 0" in found.err


def test_an_overlay_over_another_service_is_refused():
    found = run("prices", "--service", "aivideoapi", *OVERLAY)
    assert found.code == 3
    assert "over: this stands over 'gptimage2api'; the catalog below is 'aivideoapi'" in found.err
    unknown = str(written(head("charge", "nobody") + table("rates", rate=1)))
    assert "over: this stands over 'nobody'" in run("prices", "--overlay", unknown).err


def test_without_an_overlay_nothing_changes():
    assert [catalog.id for catalog in chosen(None, None, ())] == ["aivideoapi", "gptimage2api"]


def test_margins_lists_the_least_first_and_fails_below_a_share():
    found = run("margins", *OVERLAY, "--at-least", "20%", COLUMNS="120")
    assert found.code == 1
    assert found.lines[0] == "model tier outputs debit cost price sold margin"
    assert found.lines[2] == "veo3 8 s 1 63 $0.378 46 $0.46 17.8% below 20%"
    assert found.lines[-1] == "1 of 110 prices is below 20%."


def test_margins_without_a_least_share_are_told_and_fine():
    found = run("margins", *OVERLAY, COLUMNS="120")
    assert (found.code, found.lines[-1]) == (0, "110 prices.")
    assert run("margins", *OVERLAY, "--at-least", "0.178").code == 0
    assert run("margins", *OVERLAY, "--at-least", "0.179").code == 1


def test_margins_as_json_hold_all():
    found = run("margins", *OVERLAY, "--at-least", "20%", "--json")
    veo = next(one for one in found.document["margins"] if one["quote"]["model"] == "veo3")
    assert (found.code, found.document["below"]) == (1, 1)
    assert (veo["cost_usd"], veo["price_usd"], veo["share"]) == ("0.378", "0.46", "41/230")
    assert veo["quote"]["cost"]["credits"] == 63


def test_margins_at_an_instant():
    found = run("margins", *OVERLAY, "--at-least", "20%", "--at", "2027-01-01T00:00:00Z")
    assert (found.code, found.lines[-1]) == (0, "0 of 110 prices are below 20%.")


def test_margins_of_a_free_price_and_without_a_cost_are_told():
    money = '[credit]\nunit = 1\nusd = "0.01"\nsource = "contract"\n[cost]\nusd = "0.006"\nsource = "contract"\n'
    free = table("prices", models='["gpt-image-2"]', base=0) + table("rates", rate=1)
    path = str(written(head("charge") + money + free))
    found = run("margins", "--overlay", path, "--at-least", "0%", COLUMNS="120")
    assert found.lines[2] == "gpt-image-2 1 3 $0.018 0 $0.00 below 0%"
    assert run("margins", "--overlay", path, "--json").document["margins"][0]["share"] is None
    bare = run("margins", "--overlay", str(written(head("charge") + table("rates", rate=1))))
    assert (bare.code, "lacks [cost]" in bare.err) == (2, True)


def test_margins_need_one_service_and_a_share_that_is_one():
    assert run("margins").code == 2
    found = run("margins", *OVERLAY, "--at-least", "a fifth")
    assert (found.code, "written like 20% or 0.2" in found.err) == (2, True)
