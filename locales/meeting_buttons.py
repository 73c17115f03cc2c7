"""What stands on the buttons of residents' meetings.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

MEETING_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Button in a residents' meeting: stand behind a matter; {value} is its number.
    Label.SECOND: Phrase("button", "I stand behind no. {value}"),
    # tr: Button in a residents' meeting: no longer stand behind a matter; {value} is its number.
    Label.UNSECOND: Phrase("button", "Not behind no. {value} any more"),
    # tr: Button in a residents' meeting: raise a matter of one's own.
    Label.RAISE: Phrase("button", "Raise a matter"),
    # tr: Button: show the newest state of a list.
    Label.REFRESH: Phrase("button", "Refresh"),
    # tr: Official's button: show a residents' meeting; {value} is what it is about.
    Label.OPEN_MEETING: Phrase("button", "{value}"),
    # tr: Official's button: open a residents' meeting.
    Label.NEW_MEETING: Phrase("button", "Open a meeting"),
    # tr: Button: a residents' meeting for no township in particular.
    Label.WHOLE_COUNTY: Phrase("button", "The whole county"),
    # tr: Button: how long a residents' meeting is open; {value} is a number of hours.
    Label.MEETING_HOURS: Phrase("button", "For {value} hours"),
    # tr: Button: how long a residents' meeting is open; {value} is a number of days.
    Label.MEETING_DAYS: Phrase("button", "For {value} days"),
    # tr: Official's button in a residents' meeting: show one matter whole; {value} is its number.
    Label.OPEN_RAISED: Phrase("button", "No. {value}"),
    # tr: Official's button: the link as a square code that phones read.
    Label.QR_CODE: Phrase("button", "QR code"),
    # tr: Official's button: end a residents' meeting; it is asked once more.
    Label.END_MEETING: Phrase("button", "End the meeting"),
    # tr: Official's button: yes, end the residents' meeting now.
    Label.END_MEETING_NOW: Phrase("button", "Yes, end it"),
    # tr: Official's button: make a case of a matter; {value} is a category.
    Label.ADOPT: Phrase("button", "Adopt as: {value}"),
    # tr: Official's button: make a case of a matter, of another category.
    Label.ADOPT_OTHERWISE: Phrase("button", "Adopt under another category"),
    # tr: Official's button: a matter does not become a case.
    Label.DECLINE: Phrase("button", "Do not adopt"),
}
