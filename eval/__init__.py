"""Measuring Yinju: faithfulness of answers, question sets, calibration and speed."""
