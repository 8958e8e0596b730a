"""Tests of a group run in one worker: it visits a page once, and measures short studies once."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]
GROUPED = """
import pytest
PARAMS = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in "abcdabcdabcd"]
@pytest.mark.parametrize("name", PARAMS)
def test_it(name, worker_id, request):
    (request.config.rootpath / f"{name} {worker_id}").touch()
"""


def test_a_group_stays_together(pytester: pytest.Pytester) -> None:
    """It did not with pytest 9.2, which no test said: each visit was made twice."""
    pytester.makepyfile(GROUPED)
    pytester.runpytest_subprocess("-n", "2", "--dist", "loadgroup").assert_outcomes(passed=12)
    assert sorted(path.name[0] for path in pytester.path.glob("? gw?")) == list("abcd")
