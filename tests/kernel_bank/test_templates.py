"""The templates: of length one and mean-free, at all angles and places, and seen on both sides."""

import numpy as np
import pytest

from cnnfilters.kernel_bank import FAMILIES, family_templates


@pytest.mark.parametrize("side", [3, 4, 5, 7])
@pytest.mark.parametrize("family", FAMILIES)
def test_templates_have_no_mean_and_length_one(family, side):
    templates = family_templates(side)[family]
    np.testing.assert_allclose(templates.mean(axis=(1, 2)), 0, atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(templates, axis=(1, 2)), 1)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_turned_by_a_quarter_is_the_same_family(family):
    templates = family_templates(5)[family]
    flat, turned = (
        each.reshape(len(each), -1) for each in (templates, np.rot90(templates, axes=(1, 2)))
    )
    np.testing.assert_allclose(np.abs(turned @ flat.T).max(axis=1), 1)


@pytest.mark.parametrize("side", [3, 4, 5, 7])
def test_no_template_is_in_two_families(side):
    three = [kind.reshape(len(kind), -1) for kind in family_templates(side).values()]
    for first, second in [(0, 1), (0, 2), (1, 2)]:
        assert np.abs(three[first] @ three[second].T).max() < 0.99


def test_a_kernel_of_side_two_has_no_templates():
    with pytest.raises(ValueError, match=r"`side` \(=2\) must be at least 3"):
        family_templates(2)
