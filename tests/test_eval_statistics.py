"""Means, intervals, and the logistic fit, against values worked out by hand or known truth."""

import numpy as np
import pytest

from eval.logistic import auroc, fit, fit_choice, matrix, sigmoid, softmax
from eval.statistics import mean_of


def test_mean_of_nothing_is_none() -> None:
    assert mean_of([]) is None


def test_interval_is_the_same_every_time_and_holds_the_mean() -> None:
    values = [0.0, 1.0, 1.0, 0.5, 1.0, 0.0, 1.0, 1.0]
    first, second = mean_of(values), mean_of(values)
    assert first == second
    assert first is not None
    assert first.count == 8
    assert first.value == pytest.approx(0.6875)
    assert first.low < first.value < first.high


def test_interval_of_equal_values_is_a_point() -> None:
    mean = mean_of([1.0] * 5)
    assert mean is not None
    assert (mean.low, mean.value, mean.high) == (1.0, 1.0, 1.0)
    assert mean.json() == {"count": 5, "value": 1.0, "low": 1.0, "high": 1.0}


def test_interval_agrees_with_the_normal_approximation() -> None:
    values = [1.0] * 300 + [0.0] * 100
    mean = mean_of(values)
    assert mean is not None
    margin = 1.96 * (0.75 * 0.25 / 400) ** 0.5
    assert mean.low == pytest.approx(0.75 - margin, abs=0.006)
    assert mean.high == pytest.approx(0.75 + margin, abs=0.006)


@pytest.mark.parametrize(
    ("scores", "labels", "expected"),
    [
        ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], 1.0),
        ([0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1], 0.0),
        ([0.5, 0.5, 0.5], [0, 1, 1], 0.5),
        ([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 0.75),
        ([0.1, 0.2], [1, 1], None),
        ([], [], None),
    ],
)
def test_auroc(scores: list[float], labels: list[float], expected: float | None) -> None:
    assert auroc(scores, labels) == expected


def test_fit_finds_the_weights_that_made_the_labels() -> None:
    random = np.random.default_rng(1)
    features = random.normal(size=(20_000, 3)) * [1.0, 5.0, 0.2] + [0.0, 10.0, -1.0]
    truth = np.array([-3.0, 1.5, 0.3, 4.0])
    chances = sigmoid(features @ truth[1:] + truth[0])
    labels = (random.random(20_000) < chances).astype(float)
    assert fit(features, labels) == pytest.approx(truth, abs=0.25)


def test_fit_of_log_odds_by_hand() -> None:
    """One binary feature, 1 of 4 against 3 of 4 positive: log odds -ln 3 and +ln 3."""
    features = np.array([[0.0]] * 4 + [[1.0]] * 4)
    labels = np.array([1, 0, 0, 0, 1, 1, 1, 0], float)
    found = fit(features, labels, penalty=0.0)
    assert found == pytest.approx([-np.log(3), 2 * np.log(3)], abs=1e-6)


def test_separable_data_are_separated_with_finite_weights() -> None:
    features = np.array([[1.0], [2.0], [8.0], [9.0]])
    labels = np.array([0.0, 0.0, 1.0, 1.0])
    found = fit(features, labels)
    assert np.isfinite(found).all()
    assert ((features @ found[1:] + found[0] > 0) == (labels > 0)).all()
    assert -found[0] / found[1] == pytest.approx(5.0)


def test_row_weights_count_like_repeated_rows() -> None:
    random = np.random.default_rng(2)
    features = random.normal(size=(30, 2))
    labels = (features[:, 0] + random.normal(size=30) > 0).astype(float)
    times = random.integers(1, 4, size=30)
    features[:, 1] = np.where(np.arange(30) % 2, 1.0, -1.0)
    repeated = fit(np.repeat(features, times, axis=0), np.repeat(labels, times), penalty=0.0)
    assert fit(features, labels, times.astype(float), penalty=0.0) == pytest.approx(repeated)


def test_a_constant_column_gets_no_weight() -> None:
    features = np.array([[1.0, 7.0], [2.0, 7.0], [3.0, 7.0], [2.5, 7.0]])
    found = fit(features, np.array([0.0, 1.0, 1.0, 0.0]))
    assert found[2] == pytest.approx(0.0, abs=1e-9)


def test_matrix_keeps_the_order_of_names() -> None:
    assert matrix([{"b": 2.0, "a": 1.0}], ["a", "b"]).tolist() == [[1.0, 2.0]]


def test_choice_finds_the_weights_that_made_the_choices() -> None:
    random = np.random.default_rng(3)
    truth = np.array([2.0, -0.5])
    questions = []
    for _ in range(4000):
        features = random.normal(size=(6, 2)) * [1.0, 4.0] + random.normal() * 10
        right = random.choice(6, p=softmax(features @ truth))
        questions.append((features, np.eye(6)[right]))
    found = fit_choice(questions, [1.0] * len(questions))
    assert found == pytest.approx(truth, abs=0.1)


def test_choice_by_hand() -> None:
    """Two rows, feature 0 or 1; the 1 is right in 3 of 4 questions: log odds ln 3."""
    features = np.array([[0.0], [1.0]])
    questions = [(features, np.array([0.0, 1.0]))] * 3 + [(features, np.array([1.0, 0.0]))]
    assert fit_choice(questions, [1.0] * 4, penalty=0.0) == pytest.approx([np.log(3)], abs=1e-6)


def test_softmax_does_not_overflow() -> None:
    assert softmax(np.array([1000.0, 1000.0])).tolist() == [0.5, 0.5]
