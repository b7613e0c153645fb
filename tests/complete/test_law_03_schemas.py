"""Law 3 in JavaScript: a schema accepts a request iff Python does, by Ajv in three views and by zod in one."""

import pytest

from frontend.corpus import corpus, planted
from pricing_rules.export import VIEWS, View
from support.validators import ajv, disagreements, zod


@pytest.mark.parametrize("view", VIEWS)
def test_ajv_accepts_by_a_view_exactly_what_python_accepts(view: View):
    assert disagreements(ajv, view, corpus())[:3] == []


@pytest.mark.parametrize("view", VIEWS)
def test_ajv_judges_one_step_past_every_limit_as_python_does(view: View):
    assert disagreements(ajv, view, planted())[:3] == []


def test_zod_accepts_by_the_types_view_exactly_what_python_accepts():
    assert disagreements(zod, "types", corpus())[:3] == []


def test_zod_judges_one_step_past_every_limit_as_python_does():
    assert disagreements(zod, "types", planted())[:3] == []
