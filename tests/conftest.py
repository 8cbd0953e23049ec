"""What all tests share: property tests that try the same cases every time, so that a red suite is somebody's change.

`HYPOTHESIS_PROFILE=explore make test` looks for new cases instead.
"""

import os

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("explore", derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
