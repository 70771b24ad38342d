"""The quick answer whether a document keeps the schema is that of the schema's own validator."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.criteria.conforms import compiled
from clinic.criteria.contract import _validator, schema
from tests.criteria.documents import DEFAULT, VIGNETTES, by_chance, leaves, merged

KEEPS = compiled(schema())
ODD = [None, True, False, 0, 1, 1.0, 1.5, -1, 11, 25, 121, 1e400, "", "left", "NRS", "2026", "2026-13", "2026-02-30"]
ODD += ["2026-06-01", "2026-06-01\n", "2026-06-01/2026-06-02", "٢٠٢٦-06-01", [], {}, [None], [{}], {"scale": "RMDQ"}]
seeds = st.integers(0, 10_000)


def same(document) -> bool:
    return KEEPS(document) == _validator().is_valid(document)


def replaced(document, path, value):
    changed = deepcopy(document)
    at = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return changed


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_any_value_in_any_place(value):
    assert same(value)
    for path in leaves(DEFAULT):
        assert same(replaced(DEFAULT, path, value)), path


def test_every_vignette():
    assert all(same(merged(DEFAULT, each["patch"])) for each in VIGNETTES)


@given(seeds)
def test_documents_by_chance_keep_it(seed):
    document = by_chance(seed)
    assert KEEPS(document)
    assert same(document)


@given(seeds, st.sampled_from(ODD), st.randoms(use_true_random=False))
def test_documents_by_chance_with_something_odd_in_them(seed, value, random):
    document = by_chance(seed)
    path = random.choice(leaves(document))
    assert same(replaced(document, path, value))


@pytest.mark.parametrize("name", ["nobody_knows_this", "as_of", "therapies"])
def test_names_that_are_missing_or_unknown(name):
    assert same({key: value for key, value in DEFAULT.items() if key != name})
    assert same({**DEFAULT, name: "x"})
    assert same({**DEFAULT, "plan": {name: True}})


@pytest.mark.parametrize(
    "words", [{"oneOf": []}, {"enum": [1]}, {"format": "email"}, {"properties": {"a": {"not": {}}}}]
)
def test_a_schema_with_a_word_that_is_not_known_is_refused(words):
    with pytest.raises(KeyError):
        compiled(words)
