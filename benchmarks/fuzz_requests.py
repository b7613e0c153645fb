"""Look for a request of which `validate`, `is_valid` and the explanation say different things, guided by coverage.

    pip install atheris '.[test]'
    python benchmarks/fuzz_requests.py FOLDER -max_total_time=3600 -len_control=0 -max_len=4096 -rss_limit_mb=500

The bytes draw from the strategies of law 4: valid, nearly valid and hostile requests of every model of the bundled
catalogs and the invented one. FOLDER gets what is found on the way.
"""

import sys
from contextlib import suppress
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

with atheris.instrument_imports(include=["pricing_rules"]):
    from hypothesis import given, settings
    from hypothesis import strategies as st

    from pricing_rules import InvalidRequest, Quote, UnknownEndpoint, Unpriced, as_dict, is_valid, quote, validate
    from pricing_rules.request.explanation import explain
    from support.strategies import CATALOGS, MODELS, hostile_requests, near_valid_requests, valid_requests

KINDS = st.sampled_from((valid_requests, near_valid_requests, hostile_requests))


@settings(database=None)
@given(st.data())
def judge(data: st.DataObject) -> None:
    """Draw a request, and hold every reader of it against the explanation."""
    service, model = data.draw(st.sampled_from(MODELS))
    catalog = CATALOGS[service]
    request = data.draw(data.draw(KINDS)(service, model))
    endpoint = data.draw(st.sampled_from((None, *catalog.endpoints, "nowhere")))
    with suppress(UnknownEndpoint):
        told = explain(catalog, request, endpoint)
        assert validate(catalog, request, endpoint=endpoint) == told
        assert is_valid(catalog, request, endpoint=endpoint) == (told == ())
        answer: Quote | InvalidRequest | Unpriced
        try:
            answer = quote(catalog, request, endpoint=endpoint)
        except (InvalidRequest, Unpriced) as error:
            answer = error
        assert told == getattr(answer, "violations", ())
        as_dict(answer)


atheris.Setup(sys.argv, judge.hypothesis.fuzz_one_input)
atheris.Fuzz()
