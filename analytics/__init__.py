"""Evaluation of "Einwanderung gestalten NRW" and of Kommunales Integrationsmanagement."""

import os

# Our matrices are small: a BLAS that starts threads for each of them takes longer, and takes the
# processors away from other sessions. It reads this when NumPy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
