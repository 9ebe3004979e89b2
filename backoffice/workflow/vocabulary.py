"""The closed lists of which a pack takes its words: what may be asked, and what may be answered.

Their Indonesian is `views.labels`; what each means is said in docs/pack.md.
"""

from __future__ import annotations

COLUMNS = (
    "subject",
    "summary",
    "channel",
    "category",
    "urgency",
    "received_on",
    "severity",
    "queue_number",
)
CHANNELS = (
    "datang",
    "surat",
    "telepon",
    "sms",
    "faks",
    "email",
    "media_sosial",
    "media_massa",
    "kotak_aduan",
    "lapor",
)
URGENCIES = ("biasa", "segera", "sangat_segera")
SEVERITIES = ("ringan", "sedang", "berat")
PARTIES = ("reporter", "reported", "applicant", "victim", "representative")
PARTY_PARTS = ("name", "identity", "address", "telephone", "email")
FIELD_TYPES = (
    "text",
    "long_text",
    "date",
    "datetime",
    "number",
    "money",
    "choice",
    "choices",
    "yes_no",
    "table",
)
# What a record form may take from the newest minutes about a case; the days need a `date`.
FROM_MEETING = ("date", "chair", "people", "result", "decisions", "doers", "due")
