"""Scores of block labels against the two kinds of truth."""

from __future__ import annotations

from collections import Counter
from statistics import fmean

from tests.bench.corpora import BODY
from tests.bench.dataset import Sample

NAMES = ("body", "caption", "nav", "junk")


def word_f1(have: Counter[str], want: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of two bags of words."""
    if not have or not want:
        return (1.0, 1.0, 1.0) if have == want else (0.0, 0.0, 0.0)
    both = (have & want).total()
    p, r = both / have.total(), both / want.total()
    return p, r, 2 * p * r / (p + r) if both else 0.0


def article_f1(s: Sample, labels: list[int]) -> tuple[float, float, float]:
    """Word precision, recall and F1 of a page of which the article's text is known; the headline does not count."""
    have: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for i, (label, words) in enumerate(zip(labels, s.block_tokens, strict=True)):
        if label == BODY and i != s.title:
            if len(words) >= 6:
                key = tuple(words)
                if key in seen:
                    continue
                seen.add(key)
            have.update(words)
    return word_f1(have, Counter(s.body_tokens))


def line_report(pages: list[tuple[Sample, list[int]]]) -> dict[str, float]:
    """Macro F1 over lines, line accuracy, body word F1, share of pages with all body words right."""
    hit: Counter[int] = Counter()
    said: Counter[int] = Counter()
    true: Counter[int] = Counter()
    tp = fp = fn = exact = 0
    f1s = []
    for s, labels in pages:
        spread = [Counter[int]() for _ in s.line_labels]
        for line, block in s.line_words:
            spread[line][labels[block] if block >= 0 else -1] += 1
        own = [0, 0, 0]
        for truth, counts in zip(s.line_labels, spread, strict=True):
            if not counts:
                continue
            top = counts.most_common(1)[0][0]
            true[truth] += 1
            said[top] += 1
            hit[truth] += top == truth
            total = counts.total()
            if truth == BODY:
                own[0] += counts[BODY]
                own[2] += total - counts[BODY]
            else:
                own[1] += counts[BODY]
        tp, fp, fn = tp + own[0], fp + own[1], fn + own[2]
        exact += own[1] == own[2] == 0
        f1s.append(2 * own[0] / (2 * own[0] + own[1] + own[2]) if sum(own) else 1.0)
    report = {}
    for k, name in enumerate(NAMES):
        p = hit[k] / said[k] if said[k] else 0.0
        r = hit[k] / true[k] if true[k] else 0.0
        report[f"{name} P"], report[f"{name} R"] = p, r
        report[name] = 2 * p * r / (p + r) if p + r else 0.0
    report["macro"] = fmean(report[name] for name in NAMES)
    report["accuracy"] = hit.total() / max(1, true.total())
    report["body words"] = 2 * tp / max(1, 2 * tp + fp + fn)
    report["page F1"] = fmean(f1s)
    report["exact"] = exact / len(pages)
    return report


def block_f1(truths: list[list[int]], labels: list[list[int]]) -> list[float]:
    """F1 of each label over all blocks whose label is known."""
    pairs = Counter(
        (t, got) for truth, own in zip(truths, labels, strict=True) for t, got in zip(truth, own, strict=True)
    )
    out = []
    for k in range(len(NAMES)):
        right = pairs[k, k]
        wrong = sum(n for (t, got), n in pairs.items() if (t == k) != (got == k) and t >= 0)
        out.append(2 * right / max(1, 2 * right + wrong))
    return out


def block_shares(truths: list[list[int]], labels: list[list[int]]) -> tuple[float, float]:
    """Shares of the blocks with a known label that have it, and that are rightly body or not."""
    known = [
        both for truth, own in zip(truths, labels, strict=True) for both in zip(truth, own, strict=True)
        if 0 <= both[0] < len(NAMES)
    ]  # fmt: skip
    right = fmean([truth == label for truth, label in known])
    kept = fmean([(truth == BODY) == (label == BODY) for truth, label in known])
    return right, kept
