"""Field visits (一线工作法): who went where, and how many households and firms they saw.

Invariant: whom they saw stands nowhere; what was heard becomes a case like any other.
"""

from __future__ import annotations

from typing import Final

VISIT_ID_BYTES: Final = 6
MOST_SEEN: Final = 999
"""More than anybody sees in a day."""
