"""Print how many blocks of the pages that are not learned from are right, by kind of document."""

from __future__ import annotations

from stripper.decide import decide
from tests.bench.corpora import NUMBER_OF, align
from tests.bench.measures import block_shares
from tests.bench.unseen import FOLDER
from tests.bench.written import pages_in


def main() -> None:
    pages = list(pages_in(FOLDER))
    for kind in ("html", "text"):
        own = [page for page in pages if page.document.kind == kind]
        truths = [align(page.document, page.lines) for page in own]
        labels = [[NUMBER_OF[verdict.label.value] for verdict in decide(page.document)] for page in own]
        right, kept = block_shares(truths, labels)
        print(f"{kind}: {len(own)} pages, right {right:.3f}, body or not {kept:.3f}")


if __name__ == "__main__":
    main()
