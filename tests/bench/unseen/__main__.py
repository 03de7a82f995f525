"""Print how many blocks of the pages that are not learned from are right, by kind of document."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean

from stripper.decide import decide
from tests.bench.corpora import BODY, NUMBER_OF, UNKNOWN, align
from tests.bench.unseen import FOLDER
from tests.bench.written import pages_in


def main() -> None:
    both: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for _, document, lines in pages_in(FOLDER):
        labels = [NUMBER_OF[verdict.label.value] for verdict in decide(document)]
        pairs = zip(align(document, lines), labels, strict=True)
        both[document.kind] += [(truth, label) for truth, label in pairs if truth != UNKNOWN]
    for kind, pairs_of_kind in sorted(both.items()):
        right = fmean([truth == label for truth, label in pairs_of_kind])
        kept = fmean([(truth == BODY) == (label == BODY) for truth, label in pairs_of_kind])
        print(f"{kind}: {len(pairs_of_kind)} blocks, right {right:.3f}, body or not {kept:.3f}")


if __name__ == "__main__":
    main()
