"""The short answers and flashes there are: each carries nothing but itself."""

from __future__ import annotations

from enum import StrEnum


class Remark(StrEnum):
    """Short answers that carry nothing but themselves."""

    ASK_WORDS = "ask_words"  # write what is wrong
    DRAFT_DISCARDED = "draft_discarded"
    CALL_DISCARDED = "call_discarded"  # what was written down for a caller or a visitor
    HEARD_DISCARDED = "heard_discarded"  # what was written down of a field visit
    ENTRY_TAKEN_BACK = "entry_taken_back"  # of somebody whose role ended while they wrote for another
    NOTHING_TO_CANCEL = "nothing_to_cancel"
    CANCELLED = "cancelled"
    NOT_SENT_YET = "not_sent_yet"  # thanks and the like while a draft is open
    THANKED = "thanked"
    DRAFT_OPEN = "draft_open"  # it is to be sent or thrown away before another is begun for somebody else
    NO_CASES = "no_cases"
    NO_TASKS = "no_tasks"
    EVIDENCE_WANTED = "evidence_wanted"  # the words are kept, a photo or document is missing
    ASK_SEARCH = "ask_search"  # /find needs words or a number behind it
    NOBODY_TO_ASK = "nobody_to_ask"  # whoever reported it left neither a chat nor a number
    CALLBACKS_EMPTY = "callbacks_empty"  # nobody is left to call
    TRANSLATIONS_EMPTY = "translations_empty"  # nothing waits to be translated
    TRIAGE_EMPTY = "triage_empty"  # every case has a unit
    NOT_PERMITTED = "not_permitted"
    NOT_FOUND = "not_found"
    NOT_ANOTHER_OPEN_CASE = "not_another_open_case"  # what a case was to be merged into
    STALE_BUTTON = "stale_button"
    HAS_LEFT = "has_left"  # the reader left the case that a button or an answer is about
    LEFT_BY_PHONE = "left_by_phone"  # the reader left the case by telephone whose code they know
    INVITATION_INVALID = "invitation_invalid"
    ADMIN_ASKED = "admin_asked"  # a further admin waits for an admin's word
    ADMIN_REFUSED = "admin_refused"
    NOT_TAKEN = "not_taken"  # a sticker, a poll, a game: nothing that could be a report
    TOO_MANY_PARTS = "too_many_parts"
    FILE_TOO_LARGE = "file_too_large"
    NOTHING_ATTACHED = "nothing_attached"
    WORDS_FIRST = "words_first"  # a draft with neither words nor a file cannot be sent
    FILE_ADDED = "file_added"  # a file sent while something about a case was asked
    FORWARDED = "forwarded"  # from a channel: news, not a report
    NUMBER_OF_ANOTHER = "number_of_another"  # a contact card that is not the sender's own
    JOINER_NUMBER = "joiner_number"  # of somebody who stands behind a case that another person filed
    LINK_ALONE = "link_alone"  # and not a word of what it is about
    FORM_FAILED = "form_failed"  # a supervision note could not be printed
    PICTURE_FAILED = "picture_failed"  # a receipt could not be drawn
    KEPT = "kept"  # something went wrong, the message is kept
    PRIVATE_ONLY = "private_only"
    TEXT_ONLY = "text_only"
    TOO_LONG = "too_long"
    UNKNOWN_COMMAND = "unknown_command"
    EDIT_IGNORED = "edit_ignored"
    CASE_MOVED_ON = "case_moved_on"  # somebody acted on the case in between
    NOTHING_TO_RATE = "nothing_to_rate"
    NOTHING_FORGOTTEN = "nothing_forgotten"
    AUDIT_UNKNOWN = "audit_unknown"  # a word behind /audit is no case, official, unit, day or kind
    COUNTY_UNCHANGED = "county_unchanged"  # the county file says what is in force
    RAISED = "raised"  # in a meeting
    RAISED_ENOUGH = "raised_enough"  # no more matters of one person, or of all
    RAISED_TOO_LONG = "raised_too_long"
    TITLE_TOO_LONG = "title_too_long"  # of a meeting
    NO_PROJECTS = "no_projects"  # the county file names none
    MILESTONE_TOO_LONG = "milestone_too_long"
    PHOTOS_ONLY = "photos_only"  # an official sent something else than words and photos about a livelihood project
    TOO_MANY_PHOTOS = "too_many_photos"  # of one milestone
    MILESTONE_DROPPED = "milestone_dropped"
    MEETING_OVER = "meeting_over"  # whoever opens its link comes too late
    DIGEST_UNKNOWN = "digest_unknown"  # what stands behind /digest is no period, unit or township
    SCORECARD_UNKNOWN = "scorecard_unknown"  # what stands behind /scorecard is no period or unit


class Toast(StrEnum):
    """What flashes up when a button was pressed."""

    DONE = "done"
    STALE = "stale"
    MOVED_ON = "moved_on"
    HAS_LEFT = "has_left"  # the case, which goes on without whoever pressed
    NOT_PERMITTED = "not_permitted"
