"""Which buttons there are that say something of their own.

Invariant: what a label says lies in the table of its area, once.
"""

from __future__ import annotations

from enum import StrEnum


class Label(StrEnum):
    """Every button that is not a name of a county thing."""

    SEND = "send"
    SEEN = "seen"
    LEAVE_TODAY = "leave_today"
    LEAVE_TOMORROW = "leave_tomorrow"
    LEAVE_NEXT_WEEK = "leave_next_week"
    LEAVE_DAYS = "leave_days"  # field: value
    LEAVE_TAKE = "leave_take"
    LEAVE_END = "leave_end"
    DISCARD = "discard"
    PICK_KIND = "pick_kind"  # field: value
    PICK_CATEGORY = "pick_category"  # field: value
    PICK_TOWNSHIP = "pick_township"  # field: value
    PICK_PARTS = "pick_parts"
    REMOVE_WORDS = "remove_words"  # field: value, a number, as in the next four
    REMOVE_PHOTO = "remove_photo"
    REMOVE_VOICE = "remove_voice"
    REMOVE_VIDEO = "remove_video"
    REMOVE_DOCUMENT = "remove_document"
    REMOVE_PLACE = "remove_place"
    REMOVE_PHONE = "remove_phone"
    GIVE_NAME = "give_name"
    STAY_ANONYMOUS = "stay_anonymous"
    NO_EMERGENCY = "no_emergency"
    JOIN_CASE = "join_case"
    FILE_APART = "file_apart"
    OPEN_ATTACHED = "open_attached"
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
    PRIVACY = "privacy"
    FORGET_TIE = "forget_tie"
    FORGET_ALL = "forget_all"
    FORGET_NOTHING = "forget_nothing"
    LET_IN = "let_in"
    KEEP_OUT = "keep_out"
    CARD_FIGURES = "card_figures"
    DIGEST_EARLIER = "digest_earlier"
    DIGEST_LATER = "digest_later"
    DIGEST_WEEK = "digest_week"
    DIGEST_MONTH = "digest_month"
    DIGEST_QUARTER = "digest_quarter"
    DIGEST_YEAR = "digest_year"
    DIGEST_UNITS = "digest_units"
    DIGEST_TOWNSHIPS = "digest_townships"
    DIGEST_COUNTY = "digest_county"
    DIGEST_PICTURE = "digest_picture"
    DIGEST_PAPER = "digest_paper"  # field: value
    DIGEST_TABLE = "digest_table"
    CHOSEN = "chosen"  # field: value
    PAGE_BEFORE = "page_before"
    PAGE_AFTER = "page_after"
    REPLY = "reply"
    ASK = "ask"
    DROP = "drop"
    GRANT = "grant"
    DENY = "deny"
    ASSIGN = "assign"
    DO_PART = "do_part"
    NOTE = "note"
    ANNOUNCE = "announce"
    HAND_OVER = "hand_over"
    ADD_UNIT = "add_unit"
    RECLASSIFY = "reclassify"
    MERGE = "merge"
    REFUSE = "refuse"
    HISTORY = "history"
    MORE = "more"
    LESS = "less"
    COLLEAGUE = "colleague"  # field: value
    PICK_UNIT = "pick_unit"
    CHANGE_UNIT = "change_unit"  # field: value
    FOR_GOOD = "for_good"
    NOT_FOR_GOOD = "not_for_good"
    ASSIGN_NOW = "assign_now"
    REPLY_LOOKING = "reply_looking"
    REPLY_COMING = "reply_coming"
    REPLY_PARTS = "reply_parts"
    REPLY_WEATHER = "reply_weather"
    REPLY_WITH_OTHERS = "reply_with_others"
    REPLY_STARTED = "reply_started"
    REFUSE_LITIGATION = "refuse_litigation"  # field: value
    REFUSE_ARBITRATION = "refuse_arbitration"  # field: value
    REFUSE_PROCEDURE = "refuse_procedure"  # field: value
    REFUSE_ELSEWHERE = "refuse_elsewhere"  # field: value
    REFUSE_ENDED = "refuse_ended"  # field: value
    ANSWER = "answer"
    ADD = "add"
    URGE = "urge"
    ASK_PERSON = "ask_person"
    WITHDRAW = "withdraw"
    WITHDRAW_NOW = "withdraw_now"
    REOPEN = "reopen"
    JUDGE_AGAIN = "judge_again"
    ACCEPT_SHOWN = "accept_shown"  # field: value
    ONLY_UNIT = "only_unit"  # field: value
    ONLY_MINE = "only_mine"  # field: value
    ONLY_UNACCEPTED = "only_unaccepted"  # field: value
    ONLY_OVERDUE = "only_overdue"  # field: value
    ONLY_WAITING = "only_waiting"  # field: value
    ONLY_JOINT = "only_joint"  # field: value
