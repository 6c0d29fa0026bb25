"""The measurement: from answers to traits, fits, a contrast and an outcome. Standard library and numpy only."""

import os

# The matrices are so small that numpy's threads would mostly wait for each other: on a busy machine twenty times as
# long as one thread takes for the work. OpenBLAS asks once, when numpy is first imported; whoever set it is heard.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
