"""An analyst's questions: answers, what stands out, who waits longer, districts by indicators."""
