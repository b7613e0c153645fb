"""Wrong usage, unreadable files, hostile text, odd terminals: an exit code and a sentence, never a traceback."""

import json
import os
import runpy
import signal
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest

import pricing_rules.cli
from pricing_rules.cli import main
from pricing_rules.cli.terminal import _plain
from support.command import CLIPWORKS, WAN, changed, run
from support.overlays import STUDIO
from support.places import ROOT

SORA = {"model": "sora-2-text-to-video", "inputMode": "text_to_video", "prompt": "a"}


def started(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start Python as its users do, in a process of its own."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen((sys.executable, *arguments), cwd=ROOT, env=os.environ | environment, **pipes)  # noqa: S603 -- ourselves


# Names that are almost right


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("quot",), "No such command quot. Did you mean quote?"),
        (("xyz",), "No such command xyz."),
        (("quote", "--modle", "veo3"), "Did you mean --model?"),
        (("prices", "--formt", "csv"), "Did you mean --format?"),
        (("--jason",), "No such option"),
        (("prices", "--format", "cvs"), "cvs is not one of table, csv, json, markdown."),
        (("prices", "--service", "gptimageapi"), "There is no service gptimageapi. Did you mean gptimage2api?"),
        (("validate", "-", "--endpoint", "vidoe"), "There is no endpoint vidoe. Did you mean video?"),
        (("quote", "--model", "veo3", "--endpoint", "vidoe"), "There is no endpoint vidoe. Did you mean video?"),
    ],
)
def test_a_misspelt_name_is_wrong_usage_and_told_the_nearest(arguments, said):
    found = run(*arguments, stdin=json.dumps(SORA))
    assert (found.code, found.out) == (2, "")
    assert said in found.err.replace("'", "")  # click 8.2 writes options without quotes


@pytest.mark.parametrize("command", [("quote", "--model"), ("models",), ("prices",)])
def test_a_misspelt_model_is_an_answer_that_names_the_nearest(command):
    found = run(*command, "nano-banana-por")
    assert (found.code, found.err) == (1, "")
    assert found.lines[0].startswith("There is no model 'nano-banana-por'. Did you mean 'nano-banana-pro'")


def test_a_model_of_another_service_is_unknown_to_this_one():
    found = run("quote", "--model", "veo3", "--service", "aivideoapi")
    assert found == (1, "There is no model 'veo3'. Known: 'gpt-image-2'.\n", "")


# Options that do not fit


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("quote",), "give a request file, - for standard input, or --model"),
        (("quote", "--duration", "5"), "give a request file, - for standard input, or --model"),
        (("quote", "-", "--model", "veo3"), "leave out --model"),
        (("quote", "-", "--duration", "5", "--audio", "true"), "leave out --duration and --audio"),
        (("quote", "a", "b"), "Got unexpected extra argument (b)"),
        (("validate",), "Missing argument"),
        (("prices", "--json", "--format", "csv"), "--json and --format csv exclude each other"),
        (("models", "--service", "aivideoapi", "--catalog", CLIPWORKS), "--service and --catalog exclude each other"),
        (("quote", "--model", "veo3", "--endpoint", "image"), "veo3 belongs to the endpoint 'video'"),
        ((*WAN, "--at", "2026-11-20"), "the instant needs an offset from UTC, such as 2026-11-20T00:00:00Z"),
        ((*WAN, "--at", "2026-11-20T00:00:00"), "the instant needs an offset from UTC"),
        ((*WAN, "--at", "tomorrow"), "an instant is written like 2026-11-20T00:00:00Z"),
        ((*WAN, "--custom-multiplier", "two"), 'an amount is text like "3", "1.47" or "5/3"'),
        ((*WAN, "--custom-multiplier", "-1"), 'an amount is text like "3", "1.47" or "5/3"'),
        ((*WAN, "--custom-multiplier", "1000001"), "a number from 0 to 1,000,000"),
    ],
)
def test_wrong_usage_says_what_is_wrong(arguments, said):
    found = run(*arguments, stdin="{}")
    assert found.code == 2
    if "--json" in arguments:
        assert (said in found.document["message"], found.err) == (True, "")
    else:
        assert (said in found.err, found.out) == (True, "")


def test_a_model_of_several_services_is_wrong_usage_that_names_them():
    found = run("quote", "--model", "gpt-image-2")
    assert (found.code, found.out) == (2, "")
    assert "gpt-image-2 is at aivideoapi and gptimage2api; say which with --service" in found.err


@pytest.mark.parametrize(("model", "endpoint", "code"), [("veo3", "video", 0), ("gpt-image-2", "image", 2)])
def test_an_endpoint_may_stand_with_a_model_and_tells_services_apart_where_only_one_has_it(model, endpoint, code):
    assert run("quote", "--model", model, "--endpoint", endpoint).code == code


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("quote", "--help")])
def test_help_is_fine(arguments):
    assert run(*arguments).code == 0
    assert "Usage: pricing-rules" in run(*arguments).out


def test_no_command_at_all_is_answered_with_the_commands():
    found = run()
    assert found.code == 2
    assert "validate Tell whether requests are allowed, with every fault." in " ".join(found.err.split())


# Files that cannot be used


def test_an_unusable_catalog_is_unreadable_input():
    assert run("models", "--catalog", "none.toml") == (
        3,
        "",
        "Error: none.toml: cannot be read: No such file or directory\n",
    )


def test_json_of_an_unusable_catalog_is_the_error(tmp_path):
    own = changed(tmp_path, ('unit = "0.25"', 'unti = "0.25"'))
    found = run("quote", "--model", "reel-1", "--catalog", own, "--json")
    assert (found.code, found.err) == (3, "")
    assert (found.document["error"], found.document["file"]) == ("CatalogError", "own.toml")


# Hostile text


def test_control_characters_and_lone_surrogates_of_a_request_are_written_as_escapes():
    found = run("validate", "-", stdin=json.dumps(SORA | {"\x1b[31m[red]\ud800\u202e\n": 1}))
    assert "/\\x1b[31m[red]\\ud800\\u202e\\n" in found.lines


def test_no_text_of_a_catalog_is_obeyed_or_interpreted(tmp_path):
    wild, listed = '"r\\u001b[31m\\u202eeel"', 'models = ["reel-1"]'
    own = changed(
        tmp_path,
        ('title = "Reel"', 'title = "[bold]Reel:smile:"'),
        ("[models.reel-1]", f"[models.{wild}]"),
        (listed, f"models = [{wild}]"),
    )
    found = run("quote", "--catalog", own, "--model", "r\x1b[31m\u202eeel", "--duration", "4")
    assert found.lines[0] == "[bold]Reel:smile: r\\x1b[31m\\u202eeel at clipworks"


def test_control_characters_of_an_argument_are_written_as_escapes():
    for arguments in (("quote", "\x1b[31m\udcff"), ("quote", "--service", "\x1b[31m"), ("--\x1b[31m",), ("\x1b[31m",)):
        assert "\x1b" not in run(*arguments).err


# Terminals


def test_a_stream_that_cannot_write_a_sign_gets_a_plain_one():
    with started("-m", "pricing_rules", *WAN, "--duration", "15", PYTHONIOENCODING="ascii") as running:
        out, err = running.communicate()
    assert (running.returncode, err) == (0, b"")
    assert b"  30 x 3 x 1.47 = 132.3, rounded up by 0.7" in out.splitlines()
    assert b"  " + b"-" * 69 in out.splitlines()


def test_a_sign_without_a_plain_one_is_escaped():
    assert _plain(UnicodeEncodeError("ascii", "a×é\ud800", 1, 4, "")) == ("x\\xe9\\ud800", 4)


def test_text_that_cannot_be_decoded_is_not_hidden():
    fault = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "")
    with pytest.raises(UnicodeDecodeError):
        _plain(fault)


def test_a_stream_that_only_holds_text_is_left_alone(monkeypatch):
    out = StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["prices", "gpt-image-2", "--format", "csv"]) == 0
    assert out.getvalue().startswith("service,model,")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colour_is_for_terminals_that_want_it(environment, coloured):
    found = run(*WAN, "--duration", "15", TERM="xterm-256color", **environment)
    assert ("\x1b[33m" in found.out) is coloured


COMMANDS = (
    (*WAN, "--duration", "15"),
    ("prices",),
    ("models",),
    ("models", "veo3"),
    ("offers", "--mode", "image_to_video", "--duration", "10", "--budget", "1000"),
    ("margins", "--overlay", str(STUDIO)),
    ("sources",),
    ("audit", str(ROOT / "tests" / "usage" / "gptimage2api-amounts.csv"), "--service", "gptimage2api"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_narrow_terminal_breaks_lines_between_words_only(command):
    wide, narrow = (run(*command, COLUMNS=columns).out.replace("─", "").split() for columns in ("300", "60"))
    assert Counter(narrow) == Counter(wide)


def test_prose_fits_into_a_narrow_terminal():
    said = run(*WAN, "--duration", "15", COLUMNS="50").out
    assert max(map(len, said.partition("rounded up")[2].splitlines())) <= 50


# How a run ends


def test_an_interrupted_run_ends_with_130_and_no_traceback():
    with started("-m", "pricing_rules", "validate", "-", "--lines") as running:
        answered(running, SORA)
        running.send_signal(signal.SIGINT)
        assert (running.wait(10), running.stderr.read().strip()) == (130, b"")


def test_a_line_is_answered_before_the_next_one_is_read():
    with started("-m", "pricing_rules", "validate", "-", "--lines") as running:
        assert answered(running, SORA).startswith(b"line 1: valid")
        assert answered(running, {}).startswith(b"line 2: undecided")


def answered(running, body):
    """Send a line to a running program and return the line that it answers."""
    running.stdin.write(json.dumps(body).encode() + b"\n")
    running.stdin.flush()
    return running.stdout.readline()


def test_an_interrupt_while_reading_is_130(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("click.open_file", interrupted)
    assert run("validate", "-") == (130, "", "\n")


def test_a_closed_pipe_ends_quietly():
    with started("-m", "pricing_rules", "prices", "--json") as running:
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_an_output_that_cannot_be_written_is_told(monkeypatch, capsys):
    class Full(StringIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    assert main(["prices"]) == 3
    assert capsys.readouterr().err == "Error: cannot write: No space left on device\n"


def test_the_package_runs_as_a_program(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["pricing-rules", "prices", "veo3", "--format", "csv"])
    with pytest.raises(SystemExit) as ending:
        runpy.run_module("pricing_rules", run_name="__main__")
    assert ending.value.code == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["gptimage2api,veo3,,8,,63,,documented"]


# Without click or rich


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_the_extra_it_says_what_to_install(missing):
    code = f"import sys; sys.modules[{missing!r}] = None; from pricing_rules.cli import main; sys.exit(main())"
    with started("-c", code) as running:
        out, err = running.communicate()
    said = f"pricing-rules needs {missing}: pip install 'pricing-rules[cli]'\n"
    assert (running.returncode, out, err.decode()) == (2, b"", said)


def without(monkeypatch, module):
    """Run the file of the package as if a module could not be imported."""
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "pricing_rules.cli.program")
    return runpy.run_path(str(Path(pricing_rules.cli.__file__)))


def test_the_package_can_be_imported_without_the_extra(monkeypatch, capsys):
    found = without(monkeypatch, "click")
    assert found["main"]() == 2
    assert "pip install" in capsys.readouterr().err


def test_another_missing_module_is_not_mistaken_for_the_extra(monkeypatch):
    monkeypatch.delitem(sys.modules, "pricing_rules.cli.models")
    with pytest.raises(ModuleNotFoundError):
        without(monkeypatch, "pricing_rules.cli.models")
