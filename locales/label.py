"""Which buttons there are that say something of their own.

Invariant: what a label says lies in the table of its area, once.
"""

from __future__ import annotations

from enum import StrEnum


class Label(StrEnum):
    """Every button that is not a name of a county thing."""

    SEND = "send"
    DISCARD = "discard"
    PICK_KIND = "pick_kind"  # field: value
    PICK_CATEGORY = "pick_category"  # field: value
    PICK_TOWNSHIP = "pick_township"  # field: value
    BACK = "back"
    UNKNOWN_TOWNSHIP = "unknown_township"
    ACCEPT = "accept"
    RESOLVE = "resolve"
    EXTEND = "extend"
    TRANSFER = "transfer"
    SOLVED_YES = "solved_yes"
    SOLVED_PARTLY = "solved_partly"
    SOLVED_NO = "solved_no"
    SCORE_1 = "score_1"
    SCORE_2 = "score_2"
    SCORE_3 = "score_3"
    SCORE_4 = "score_4"
    SCORE_5 = "score_5"
    GO_ON = "go_on"
    LET_REST = "let_rest"
    SHOW_CASE = "show_case"  # field: case
    CANCEL = "cancel"
    CHANGE_LANGUAGE = "change_language"
    LET_IN = "let_in"
    KEEP_OUT = "keep_out"
    DIGEST_EARLIER = "digest_earlier"
    DIGEST_LATER = "digest_later"
    DIGEST_WEEK = "digest_week"
    DIGEST_MONTH = "digest_month"
    DIGEST_QUARTER = "digest_quarter"
    DIGEST_YEAR = "digest_year"
    DIGEST_UNITS = "digest_units"
    DIGEST_TOWNSHIPS = "digest_townships"
    DIGEST_COUNTY = "digest_county"
    DIGEST_PICTURE = "digest_picture"  # field: value
    DIGEST_PAPER = "digest_paper"  # field: value
    DIGEST_TABLE = "digest_table"  # field: value
    CHOSEN = "chosen"  # field: value
    PAGE_BEFORE = "page_before"
    PAGE_AFTER = "page_after"
