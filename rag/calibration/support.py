"""Whether evidence supports a claim."""

from rag.calibration.models import Weights

SUPPORT_SAME_LANGUAGE: Weights = {"bias": -19.71, "similarity": 19.72, "containment": 3.73}
"""Fitted 2026-11-22 on claims of AttributionBench and WiCE whose values stand in the evidence (285
claims; AUROC .75 on 105 others)."""

SUPPORT_CROSS_LANGUAGE: Weights = {"bias": -64.91, "similarity": 76.35, "values": 2.72}
"""Fitted 2026-11-22 on English articles of Taiwan's environment law against their Chinese and
against a neighbouring article (303 claims, cross-validated AUROC .92)."""

SUPPORT_STATEMENT: Weights = {
    "bias": -0.57,
    "near": 1.60,
    "lost": -1.53,
    "order": 1.14,
    "problem": -1.20,
}
"""Fitted 2026-11-22 on 2,227 claims of one-claim answers that wording does not decide, each set
weighing the same: AttributionBench (four parts), OCNLI, clauses of UHGEval. AUROC on folds by
question or text: ExpertQA .65, GenSearch .79, LFQA .89, AttributedQA .77, OCNLI gov .72, clauses
.74."""

SUPPORT_LONG_EVIDENCE: Weights = {"bias": -3.44, "closeness": 7.47, "problem_share": -3.03}
"""Fitted 2026-11-22 on 1,221 such claims of AttributionBench (four parts), WiCE and clauses of
UHGEval whose texts have more than three sentences, each set weighing the same. AUROC of whole sets
by weights fitted on the other sets alone, and on folds by question or text: ExpertQA .669 and .664,
GenSearch .835 and .835, LFQA .91 and .89, AttributedQA .79 and .77, WiCE .78 and .77, clauses .76
and .77. With a weight for each of the seven measures of closeness folds give ExpertQA .61,
GenSearch .84, LFQA .93; with `problem` in place of its share ExpertQA has .01 less."""

SUPPORT_FRAGMENT: Weights = {"bias": 1.38, "unsaid": -0.68, "lowest": 1.51, "problem": -2.53}
"""Fitted likewise on 1,255 claims of a few words: keywords and short clauses of UHGEval, OCNLI.
AUROC .77 (keywords that do not stand word for word), .89 (clauses), .67 (OCNLI gov). The bias is
0.5 below the fitted one, so that of keywords without support 28% pass instead of 57% (of the
others 68% instead of 93%): a wrong word that passes costs more."""

SUPPORT_RENDERING: Weights = {"bias": -0.18, "lost": -1.56, "omitted": 7.63, "problem": -1.66}
"""Fitted likewise on 1,844 claims in another language than their evidence: translations rated in
WMT23; sentences, and halves of sentences, of Taiwan's environment law against their own article
and the next; XQuAD passages both ways. AUROC .82 (WMT23), .95 and .92 (law), .99 (XQuAD)."""

SUPPORT_THRESHOLD = 0.5
"""A claim whose support is below this is labelled unsupported."""
