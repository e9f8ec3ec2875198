"""An analyst's own questions: answers, what stands out, who waits longer, districts by indicators."""
