"""Which nodes a flow has, and which each stream joins: for screen, slides and paper alike."""

import pandas as pd


def nodes_of(frame: pd.DataFrame) -> tuple[list[str], tuple[list[int], list[int]], int]:
    """Return the nodes' names, both ends of each stream as their numbers, and how many are left.

    Args:
        frame: Rows ``key, code, office, body``.
    """
    offices = _named(frame, "key", "office")
    bodies = _ordered(frame, "code", "body")
    sources = [list(offices).index(code) for code in frame["key"]]
    targets = [len(offices) + list(bodies).index(code) for code in frame["code"]]
    return [*offices.values(), *bodies.values()], (sources, targets), len(offices)


def _named(frame: pd.DataFrame, code: str, name: str) -> dict[str, str]:
    return dict(zip(frame[code], frame[name], strict=True))


def _ordered(frame: pd.DataFrame, code: str, name: str) -> dict[str, str]:
    """Return codes and names by size; what is gathered stands last."""
    names = _named(frame, code, name)
    sizes = frame.groupby(code)["value"].sum()
    order = sorted(names, key=lambda each: (each == "rest", -float(sizes[each])))
    return {each: names[each] for each in order}
