"""Shares agree with their counts, lines with their totals, bars with their axis."""

from hypothesis import given
from hypothesis import strategies as some

from referrals.loop.lifecycle import WHY_NOT, Direction
from referrals.measures.chart import PLOT, PLOT_END, Value, bars
from referrals.measures.figures import ENDINGS, EVERY, Counts, Figures, Group, Spell, Tallied, Took, figures, percent
from referrals.measures.hidden import SMALLEST, Cell

counts = some.integers(0, 400)


def shown(
    every: Counts | None = None, groups: dict[Group, Counts] | None = None, whole: Took | None = None, **more: object
) -> Figures:
    return figures(Tallied(Direction.OUTGOING, every or {}, groups or {}, whole or Took(), **({"steps": {}} | more)))


@given(counts, counts)
def test_a_share_agrees_with_its_counts(part, rest):
    said = percent(Cell(part), Cell(part + rest))
    if part + rest < SMALLEST:
        assert said == ""
    elif said == "under 1%":
        assert 0 < part < 0.005 * (part + rest) + 1e-9
    elif said == "over 99%":
        assert 0 < rest <= 0.005 * (part + rest) + 1e-9
    else:
        assert abs(int(said.rstrip("%")) - 100 * part / (part + rest)) <= 0.5
        assert (said == "0%") == (part == 0)
        assert (said == "100%") == (rest == 0)


@given(some.lists(some.fixed_dictionaries({name: some.integers(0, 30) for name in ENDINGS}), max_size=5))
def test_lines_by_practice_add_up_to_the_line_of_all(rows):
    groups = {("practice", place): row for place, row in enumerate(rows)}
    every = {name: sum(row[name] for row in rows) for name in ENDINGS}
    found = {row.group: row for row in shown(every, groups).ended}
    for name in ENDINGS:
        parts = [found[group].endings[name] for group in groups]
        if found[EVERY].endings[name].count is not None and all(cell.count is not None for cell in parts):
            assert found[EVERY].endings[name].count == sum(cell.count for cell in parts)
    for row in found.values():
        assert row.share == percent(row.endings["in_time"], row.all)


def test_a_time_of_few_is_not_said():
    took = {"sent": Took(done=10, within=10, open=40, spell=Spell(2.0, 3.0))}
    (step,) = shown(steps=took).steps
    assert not step.spell.is_known
    assert str(step.done) == "fewer than 11"
    assert step.spell.median_words == "not shown"


def test_a_step_that_stands_still_says_so():
    took = dict.fromkeys(["booked", "sent"], Took(done=20, within=20, spell=Spell(2.04, 13.6)))
    sent, booked = shown(steps=took).steps
    assert (sent.runs, booked.runs) == (True, False)
    assert (sent.spell.median_words, sent.spell.most_words) == ("2.0", "14")
    assert sent.share == "100%"


def test_who_came_nowhere_cannot_be_computed_from_the_total():
    found = shown(every={"open": 43}, whole=Took(done=40, within=20, open=3))
    assert str(found.whole.open) == "fewer than 11"
    assert None in (found.whole.done.count, found.ended[0].all.count)


def test_a_small_number_cannot_be_computed_from_another_table():
    """Every referral begins as a draft, so those that are too young are the drafts less the others."""
    young = shown(every={"open": 43, "young": 4}, steps={"draft": Took(done=30, within=30, open=17)})
    (draft,) = young.steps
    assert str(young.young) == "fewer than 11"
    assert None in (draft.done.count, draft.open.count, young.ended[0].all.count)
    missed = shown(why={"forgot": 18}, steps={"not_attended": Took(done=13, within=13, open=5)})
    assert None in (missed.visits.missed.count, missed.steps[0].done.count)


@given(some.dictionaries(some.sampled_from(sorted(WHY_NOT)), some.integers(1, 30)), counts)
def test_hidden_reasons_stand_last_in_an_order_that_says_nothing(why, attended):
    counted = [cell.count for _, cell in shown(attended=attended, why=why).visits.reasons]
    known = [count for count in counted if count is not None]
    assert counted == sorted(known, reverse=True) + [None] * (len(counted) - len(known))


@given(some.lists(some.floats(0.01, 5000), min_size=1, max_size=8))
def test_bars_stay_on_their_axis(lengths):
    drawing = bars(Value("A step", "said", length, length) for length in lengths)
    assert max(bar.width for bar in drawing.bars) <= PLOT_END - PLOT + 0.1
    longest = max(range(len(lengths)), key=lengths.__getitem__)
    assert drawing.bars[longest].width >= (PLOT_END - PLOT) / 2.6
