"""The logistic models that the weights belong to."""

from collections.abc import Mapping
from math import exp

Weights = Mapping[str, float]


def linear(features: Mapping[str, float], weights: Weights) -> float:
    """The weighted sum of features, without the bias."""
    return sum(weight * features[name] for name, weight in weights.items() if name != "bias")


def logistic(features: Mapping[str, float], weights: Weights) -> float:
    """The logistic model: 1 / (1 + exp(-(bias + weighted sum))), between 0 and 1."""
    return 1.0 / (1.0 + exp(-weights["bias"] - linear(features, weights)))
