"""Numbers, dates, percentages, money and numbered names in Chinese and English, made comparable."""

from rag.values.finding import find_values, missing_values
from rag.values.record import Kind, PartialDate, Value, compatible

__all__ = ["Kind", "PartialDate", "Value", "compatible", "find_values", "missing_values"]
