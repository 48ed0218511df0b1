"""Many dispatches, one ledger. `Ledger` is the way in:

    with Ledger("recoupe.db") as ledger:
        ledger.add(reading)                   True where it is new; a Dispatch is read first
        ledger.list()                         dispatches, with `story` and `copy`
        ledger.get(dispatch)                  its reading, by id, start of an id, or ref
        ledger.view(as_of=…, story=…)         LedgerView: everything below at once; story: its id or any dispatch of it
        ledger.occurrences()  .series()  .commitments(as_of=…)  .disagreements()  .copies()  .relations()  .stories()
        ledger.statements(story=…)            (dispatch, statement) pairs, copies folded
        ledger.export()                       plain data, as `recoupe export json` prints it
        ledger.find("words")                  dispatches that hold them, best first
        ledger.check(as_of=…)                 (disagreements, commitments overdue, missed or broken)
        ledger.explain(id)                    object, words, rules, reasons; also of `dispatch/item`
        ledger.judge("correct", id, field="type", value="AGREE", who="…", why="…")
                                              accept | reject | correct | merge | split | tie | untie | undo
        ledger.judgements()

Readings and judgements are all that is stored; `derive(readings, judgements, as_of)` is the rest, a pure function.
"""

from recoupe.ledger.derive import derive
from recoupe.ledger.explain import Explanation
from recoupe.ledger.ledger import Ledger
from recoupe.ledger.values import LedgerView

__all__ = ["Explanation", "Ledger", "LedgerView", "derive"]
