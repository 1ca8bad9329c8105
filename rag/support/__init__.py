"""Whether evidence supports a claim: wording, then values, names and denials, then meaning."""
