"""`pricing-rules validate`: one body, or every line of a log."""

import json

import pytest

from support.command import CLIPWORKS, run

SORA = {"model": "sora-2-text-to-video", "inputMode": "text_to_video", "prompt": "a"}
NANO = {"model": "nano-banana-pro", "prompt": "a", "resolution": "2K"}
SEEDANCE = {"model": "bytedance/seedance-1.5-pro", "inputMode": "text_to_video", "prompt": "a", "duration": 5}
NESTED = {"model": "gpt-image-2", "input": {"prompt": "a"}}


def judged(body, *arguments):
    return run("validate", "-", *arguments, stdin=json.dumps(body))


def judged_lines(*lines, arguments=()):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return run("validate", "-", "--lines", *arguments, stdin=text)


# One body


def test_a_valid_request_is_named_with_its_service():
    assert judged(SORA) == (0, "Valid: Sora 2  sora-2-text-to-video at gptimage2api\n", "")


def test_four_faults_are_all_told_each_at_its_own_path():
    body = {"model": "sora-2-text-to-video", "inputMode": "text_to_video", "duration": True, "loud": 1}
    found = judged(body | {"inputImageUrls": ["https://a.b/c"] * 17})
    assert found.code == 1
    assert found.lines[0] == "Invalid, 4 faults: Sora 2 sora-2-text-to-video at gptimage2api"
    assert [line for line in found.lines if line.startswith("/")] == [
        "/prompt",
        "/duration",
        "/inputImageUrls",
        "/loud",
    ]


def test_a_fault_is_told_with_its_message_rule_basis_and_source():
    found = judged({"model": "veo3", "inputMode": "text_to_video", "promt": "a", "prompt": "a"})
    assert found.out == FAULT


FAULT = """\
Invalid, 1 fault: Veo 3.1 Quality  veo3 at gptimage2api

  /promt
    there is no field 'promt' here. Did you mean 'prompt'?
    field.unknown, inferred: generate-image.txt: Request Body;
    generate-video.txt: Request Body (The tables name every field and say
    nothing of others; one that is not named is refused.)
"""


def test_a_fault_at_a_tier_lists_the_prices_of_the_model():
    found = judged(SEEDANCE | {"resolution": "480p"})
    assert found.lines[-4:] == ["720p 5 s 18 inferred", "720p 10 s 36 inferred", "1080p 5 s 27 inferred",
                                "1080p 10 s 54 inferred"]  # fmt: skip


def test_a_request_for_no_known_model_is_told_the_nearest():
    found = judged({"model": "nano-banana-por", "prompt": "a"})
    assert found.lines[0] == "Invalid, 1 fault: a request to gptimage2api"
    assert "Did you mean 'nano-banana-pro'?" in found.words


def test_an_endpoint_that_is_not_the_models_is_a_fault():
    found = judged(SORA, "--endpoint", "image")
    assert found.code == 1
    assert "model.endpoint, documented:" in found.out


def test_a_body_that_is_no_object_is_a_fault_of_the_body():
    found = judged([], "--service", "aivideoapi")
    assert found.code == 1
    assert found.lines[2:4] == ["the body", "the body must be an object; got an array of 0."]


def test_more_than_a_thousand_faults_are_counted():
    found = judged(SORA | {"width": 1, "height": 1, **{f"x{number}": 1 for number in range(1000)}})
    assert found.lines[0].startswith("Invalid, 1,002 faults:")
    assert found.lines[-1] == "and 2 more; --json lists them all"


def test_a_long_path_is_cut_for_people_and_whole_in_json():
    body = SORA | {"x" * 500: 1}
    assert f"/{'x' * 119}…" in "".join(judged(body).lines)
    assert judged(body, "--json").document["violations"][0]["path"] == f"/{'x' * 500}"


def test_json_is_a_flag_and_every_violation():
    found = judged(SEEDANCE | {"resolution": "480p"}, "--json")
    assert found.code == 1
    assert (found.document["service"], found.document["valid"]) == ("gptimage2api", False)
    assert [fault["rule"] for fault in found.document["violations"]] == ["resolution.one_of"]


def test_json_of_a_valid_request_has_no_violations():
    assert judged(NESTED, "--json").document == {"service": "aivideoapi", "valid": True, "violations": []}


# Which service a request is for


@pytest.mark.parametrize(
    ("body", "arguments", "service"),
    [
        (SORA, (), "gptimage2api"),
        (NESTED, (), "aivideoapi"),
        ({"model": "gpt-image-2", "prompt": "a"}, (), "gptimage2api"),
        ({"model": "gpt-image-2", "prompt": "a", "input": {}}, ("--endpoint", "video"), "gptimage2api"),
        ({"model": "gpt-image-3", "input": {}}, (), "aivideoapi"),
        ({"input": {}}, (), "aivideoapi"),
        ({"prompt": "a"}, (), "gptimage2api"),
        ([], ("--endpoint", "video"), "gptimage2api"),
        ({"model": "gpt-image-2"}, ("--service", "aivideoapi"), "aivideoapi"),
        ({"model": "gpt-image-2"}, ("--catalog", CLIPWORKS), "clipworks"),
    ],
)
def test_the_service_follows_from_the_model_the_endpoint_and_the_shape(body, arguments, service):
    assert judged(body, *arguments, "--json").document["service"] == service


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"model": "gpt-image-2"}, "gpt-image-2 is at aivideoapi and gptimage2api; say which with --service"),
        ({"model": "gpt-image-3"}, "the request fits aivideoapi and gptimage2api; say which with --service"),
        ({"model": "gpt-image-2", "prompt": "a", "input": {}}, "gpt-image-2 is at aivideoapi and gptimage2api;"),
        ({}, "the request fits aivideoapi and gptimage2api; say which with --service"),
        ([], "the request fits aivideoapi and gptimage2api; say which with --service"),
    ],
)
def test_a_request_that_fits_several_services_is_wrong_usage_that_names_them(body, said):
    found = judged(body)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


# Lines


def test_every_line_is_judged_and_numbered_and_the_last_line_counts():
    found = judged_lines(SORA, "", NANO, "{", NESTED)
    assert found.out == LINES
    assert found.code == 3


LINES = """\
line 1: valid, Sora 2  sora-2-text-to-video at gptimage2api
line 3: valid, Nano Banana Pro (Gemini 3)  nano-banana-pro at gptimage2api
line 4: unreadable, not JSON: Expecting property name enclosed in double quotes at column 2
line 5: valid, GPT Image 2  gpt-image-2 at aivideoapi
4 lines: 3 valid, 0 invalid, 1 unreadable
"""


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((), 0),
        ((SORA,), 0),
        ((SORA, NANO | {"resolution": "1K"}), 1),
        (({"model": "gpt-image-2"}, NANO | {"resolution": "1K"}), 2),
        (({"model": "gpt-image-2"}, NANO | {"resolution": "1K"}, "nope"), 3),
    ],
)
def test_the_worst_line_is_the_exit_code(lines, code):
    assert judged_lines(*lines).code == code


def test_the_faults_of_a_line_stand_below_it():
    found = judged_lines(NANO | {"resolution": "1K"}, SORA)
    assert found.lines[0] == "line 1: invalid, Nano Banana Pro (Gemini 3) nano-banana-pro at gptimage2api"
    assert "'resolution' must be '2K' or '4K'; got '1K'." in found.lines
    assert found.lines[-1] == "2 lines: 1 valid, 1 invalid, 0 unreadable"


def test_a_line_that_fits_several_services_does_not_stop_the_others():
    found = judged_lines({"model": "gpt-image-2"}, SORA)
    said = "line 1: undecided, gpt-image-2 is at aivideoapi and gptimage2api; say which with --service"
    assert found.lines[0] == said
    assert found.lines[-1] == "2 lines: 1 valid, 0 invalid, 0 unreadable, 1 undecided"


def test_a_file_of_lines_is_known_by_its_ending(tmp_path):
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(SORA).encode() + b"\r\n\r\n" + b"\xff\n")
    found = run("validate", str(file))
    assert found.code == 3
    assert found.lines[1:] == [
        "line 3: unreadable, not UTF-8 text at byte 1",
        "2 lines: 1 valid, 0 invalid, 1 unreadable",
    ]


def test_json_of_lines_is_one_document_a_line():
    found = judged_lines(SORA, "", "nope", {}, arguments=("--json",))
    first, second, third = map(json.loads, found.out.splitlines())
    assert first == {"line": 1, "service": "gptimage2api", "valid": True, "violations": []}
    assert (second["line"], second["error"]) == (3, "UnreadableInput")
    assert (third["line"], third["error"]) == (4, "SeveralServices")


# What cannot be read


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON: Expecting value at column 1"),
        (b'{\n "a": nope}', "not JSON: Expecting value at line 2, column 7"),
        (b'{"a": "\xff"}', "not UTF-8 text at byte 8"),
        (b"[" * 100_000, "arrays or objects are nested too deep"),
        (b"1" * 5_000, "a number has too many digits or too large an exponent"),
        (b"1e99999999999999999999", "a number has too many digits or too large an exponent"),
    ],
)
def test_what_is_not_json_is_unreadable_and_says_where(content, said):
    assert run("validate", "-", stdin=content) == (3, "", f"Error: standard input: {said}\n")


def test_numbers_that_json_does_not_have_are_refused_by_the_rules():
    found = run("validate", "-", stdin=json.dumps(SORA | {"guidanceScale": float("nan")}))
    assert found.code == 1
    assert "'guidanceScale' must be a number; got nan." in found.lines


def test_a_missing_file_is_unreadable(tmp_path):
    file = tmp_path / "none.json"
    assert run("validate", str(file)) == (3, "", f"Error: {file}: cannot be read: No such file or directory\n")


def test_a_folder_is_unreadable(tmp_path):
    assert run("validate", str(tmp_path)) == (3, "", f"Error: {tmp_path}: cannot be read: Is a directory\n")


def test_json_of_an_unreadable_file_is_an_error(tmp_path):
    found = run("validate", "--json", str(tmp_path))
    assert (found.code, found.err) == (3, "")
    assert found.document == {"error": "UnreadableInput", "message": f"{tmp_path}: cannot be read: Is a directory"}


@pytest.mark.parametrize("lines", [(), ("--lines",)])
def test_input_that_breaks_off_is_unreadable(monkeypatch, lines):
    class Broken:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def read(self):
            raise OSError(5, "Input/output error")

        readline = read

    monkeypatch.setattr("click.open_file", lambda *_: Broken())
    assert run("validate", "x", *lines) == (3, "", "Error: x: cannot be read: Input/output error\n")
