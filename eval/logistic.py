"""Logistic and conditional logit regression with an L2 penalty, and AUROC; numpy alone."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

STEPS = 100
CONVERGED = 1e-9


def fit(
    features: Array, labels: Array, weights: Array | None = None, *, penalty: float = 1.0
) -> Array:
    """Minimise weighted log loss plus `penalty` / 2 times the squared weights, by Newton's method.

    Columns are scaled to unit deviation for the penalty to mean the same for each; the intercept
    is not penalised.

    Args:
        features: shape (rows, columns).
        labels: 0 or 1, shape (rows,).
        weights: of the rows; all 1 where None.
        penalty: strength, in rows' worth of loss.

    Returns:
        Intercept first, then one weight a column, in the features' own scale;
        shape (columns + 1,).
    """
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    rows = np.column_stack([np.ones(len(features)), (features - mean) / deviation])
    weighted = np.ones(len(features)) if weights is None else weights
    ridge = np.diag([1e-9] + [penalty] * features.shape[1])
    found: Array = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        step = _newton_step(rows, labels, weighted, ridge, found)
        found = found - step
        if np.abs(step).max() < CONVERGED:
            break
    scaled = found[1:] / deviation
    return np.concatenate([[found[0] - scaled @ mean], scaled])


def fit_choice(
    questions: Sequence[tuple[Array, Array]], weights: Sequence[float], *, penalty: float = 1.0
) -> Array:
    """The conditional logit model (McFadden, 1974): which row of each question is the right one.

    Maximises the log of the softmax of the right rows, which share a question evenly, by
    Newton's method. There is no intercept: it would cancel. Columns are scaled to unit deviation
    within questions, which alone matters, and penalised as in `fit`.

    Args:
        questions: features of shape (rows, columns), and labels of shape (rows,), at least one 1.
        weights: one a question.
        penalty: strength, in questions' worth of loss.

    Returns:
        One weight a column, shape (columns,).
    """
    centred = np.concatenate([features - features.mean(axis=0) for features, _ in questions])
    deviation = np.where(centred.std(axis=0) > 0, centred.std(axis=0), 1.0)
    scaled = [
        (features / deviation, labels / labels.sum(), weight)
        for (features, labels), weight in zip(questions, weights, strict=True)
    ]
    found: Array = np.zeros(centred.shape[1])
    for _ in range(STEPS):
        slope, curvature = penalty * found, penalty * np.eye(len(found))
        for rows, share, weight in scaled:
            chances = softmax(rows @ found)
            mean = chances @ rows
            slope = slope + weight * (mean - share @ rows)
            spread = (rows * chances[:, None]).T @ rows - np.outer(mean, mean)
            curvature = curvature + weight * spread
        step = np.linalg.solve(curvature, slope)
        found = found - step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < CONVERGED:
            break
    result: Array = found / deviation
    return result


def softmax(scores: Array) -> Array:
    """Shares that add up to 1, without overflow."""
    odds: Array = np.exp(scores - scores.max())
    odds /= odds.sum()
    return odds


def _newton_step(rows: Array, labels: Array, weighted: Array, ridge: Array, found: Array) -> Array:
    """The step, halved until the loss does not grow."""
    chances = sigmoid(rows @ found)
    slope = rows.T @ (weighted * (chances - labels)) + ridge @ found
    spread = weighted * chances * (1 - chances)
    curvature = (rows * spread[:, None]).T @ rows + ridge
    step: Array = np.asarray(np.linalg.solve(curvature, slope), np.float64)
    before = _loss(rows, labels, weighted, ridge, found)
    while _loss(rows, labels, weighted, ridge, found - step) > before and np.abs(step).max() > 1e-9:
        step = step * 0.5
    return step


def _loss(rows: Array, labels: Array, weighted: Array, ridge: Array, found: Array) -> float:
    scores = rows @ found
    losses = np.logaddexp(0.0, scores) - labels * scores
    return float(weighted @ losses + found @ ridge @ found / 2)


def sigmoid(scores: Array) -> Array:
    """1 / (1 + exp(-x)) without overflow."""
    result: Array = np.exp(-np.logaddexp(0.0, -scores))
    return result


def auroc(scores: Sequence[float] | Array, labels: Sequence[float] | Array) -> float | None:
    """Chance that a positive scores above a negative, ties counting half; None without both."""
    values, truth = np.asarray(scores, float), np.asarray(labels, float) > 0
    positives, negatives = int(truth.sum()), int((~truth).sum())
    if not positives or not negatives:
        return None
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Array:
    """Feature mappings as an array, shape (rows, names)."""
    return np.array([[row[name] for name in names] for row in rows], float)
