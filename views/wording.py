"""Refusals in words: what happened, what is safe, what to do. Codes come from the rules."""

from __future__ import annotations

from typing import Any

from backoffice.errors import Refusal
from backoffice.text import _, _l

# What is said above the page, by the code of a refusal.
PAGE: dict[str, str] = {
    "refused": _l("This cannot be done now. Nothing was changed."),
    "not_allowed": _l("The SOP does not give you this action at this step. Nothing was changed."),
    "not_found": _l("This file is not there, or it is not for your post."),
    "stale": _l(
        "Somebody else has just decided on this file. Your decision was not kept. "
        "What you wrote is still below."
    ),
    "incomplete": _l("Something is still missing. Nothing was changed; mend what is marked."),
    "open_notices": _l(
        "The person was promised a notice and has not had it. Record the notice first."
    ),
    "letter_not_approved": _l(
        "Nobody has approved this letter yet, so it cannot leave. Nothing was changed."
    ),
    "letter_not_sent": _l(
        "The letter is ready and has not gone out: %(letters)s. Nothing was changed. Send it, or "
        "write down how it went, on its own page; then the case can be closed."
    ),
    "delivery_settled": _l(
        "This sending has come to its end already, or its e-mail has just left. Nothing was "
        "changed. The page shows how it stands."
    ),
    "opinions_missing": _l(
        "No opinion yet: %(posts)s. The case goes on once every opinion is there; "
        "it may be returned at any time."
    ),
    "sop_not_published": _l(
        "The SOP %(sop)s is not published in this office. Ask whoever keeps the SOPs. "
        "Nothing was changed."
    ),
    "letter_gap": _l("The letter still has empty places. Fill them before the letter goes on."),
    "cannot_join": _l("The cases were not joined. Nothing was changed; mend what is marked."),
    "holds_joined": _l(
        "Other cases were joined to this one. Take them apart first, or join the other way round. "
        "Nothing was changed."
    ),
    "cannot_take_back": _l(
        "This step can no longer be taken back: the next officer has opened the file, "
        "or something has left the office."
    ),
    "cannot_recall": _l(
        "It has been read, or it is over; it can no longer be recalled. Nothing was changed."
    ),
    "report_missing": _l(
        "There is no report yet. A disposition is closed once its penanggung jawab has reported. "
        "Nothing was changed."
    ),
    "others_report": _l(
        "You passed it on, and there is no report yet from: %(posts)s. Wait for it, or recall what "
        "has not been read. What you wrote is still below."
    ),
    "nobody_there": _l(
        "Nobody holds the post that must do the next step. Nothing was changed. The file is "
        "still on your desk. Ask the office administrator to name somebody."
    ),
    "too_many_jobs": _l(
        "What you asked for before is still being made. Wait until some of it is done, then ask "
        "again."
    ),
    "letter_is_case": _l("This letter has gone to a case already. Nothing was changed."),
    "too_many_parafs": _l(
        "This letter bears the paraf of %(posts)s; at most three officials initial a letter. "
        "Nothing was changed. Return the letter, or pass it on without a paraf."
    ),
    "entry_gone": _l(
        "The number %(number)s is used or void already; somebody was faster. Nothing was changed. "
        "What you wrote is still below."
    ),
    "entry_has_letter": _l(
        "%(number)s is the number of an approved letter. Nothing was changed. Have the letter "
        "returned in its case, or make it void on its page: then the number is void with that "
        "reason."
    ),
    "no_ink_yet": _l(
        "This letter is not approved, or it is void by now. Nothing was changed. The signature is "
        "recorded once the letter is approved."
    ),
    "not_their_ink": _l(
        "The signature is recorded by whoever approves the letter, wrote it or has its case, and "
        "by the keeper of the registers. Nothing was changed."
    ),
    "nothing_to_void": _l(
        "This letter is not approved, or it is void by now. Nothing was changed. What nobody has "
        "approved is simply written on in its case."
    ),
    "not_theirs_to_void": _l(
        "A letter is made void by whoever the SOP lets approve it, and by the keeper of the "
        "registers. Nothing was changed."
    ),
    "letter_has_left": _l(
        "This letter, or a tembusan of it, has left the office and stays as it left. Nothing was "
        "changed. Write another letter that corrects it."
    ),
    "email_waits": _l(
        "An e-mail with this letter is about to go out. Nothing was changed. Stop the e-mail under "
        "Sending and receipt first; then make the letter void."
    ),
    "letter_has_dispositions": _l(
        "Somebody still has to report on this letter. Nothing was changed. Wait for the report, "
        "or recall the disposition."
    ),
    "nobody_left": _l(
        "The holder of %(post)s is terlapor, and nobody above him may have the case. Nothing was "
        "changed. Ask the office administrator for a post that takes escalations."
    ),
    "already_named": _l(
        "%(name)s is terlapor of this case already. Say first that it is not him, with the reason."
    ),
    "own_draft": _l(
        "You wrote this letter yourself, so somebody else checks it. Nothing was changed. Ask "
        "%(others)s, who also holds the post %(post)s."
    ),
    "own_draft_alone": _l(
        "You wrote this letter yourself, so somebody else checks it. Nothing was changed. Ask the "
        "office administrator to name somebody else as Plh. of the post %(post)s, or to mark it "
        "as standing alone."
    ),
    "own_check": _l(
        "You set the paraf on this letter yourself, so somebody else signs it. Nothing was "
        "changed. Ask %(others)s, who also holds the post %(post)s."
    ),
    "own_check_alone": _l(
        "You set the paraf on this letter yourself, so somebody else signs it. Nothing was "
        "changed. Ask the office administrator to name somebody else as Plh. of the post "
        "%(post)s, or to mark it as standing alone."
    ),
    "wrong_login": _l("User name or password is wrong. Nothing else is; try again."),
    "last_manager": _l(
        "Nobody could manage the office any more. Name another administrator first; "
        "nothing was changed."
    ),
    "office_exists": _l(
        "There is an office with the key %(key)s already; nothing was changed. To make another "
        "office of this pack, change the first line of office.yaml. To change that office, its "
        "administrator does so on its pages."
    ),
    "archive_broken": _l("This file cannot be opened as a .zip. Zip the folder again and retry."),
    "archive_big": _l("This file is too large for a pack: 2 MB zipped, 400 kB each text."),
    "archive_locked": _l("%(name)s has a password. Zip the folder without one."),
    "archive_path": _l("%(name)s leads out of the pack. Nothing was opened."),
    "archive_twice": _l("%(name)s stands twice in the file. Nothing was opened."),
    "archive_no_office": _l("There is no office.yaml in it. Zip the whole folder of the office."),
    "archive_several": _l("There are several offices in it. Bring them in one by one."),
    "month_malformed": _l(
        "A month is written as year and month, e.g. 2026-01. Choose one from the list."
    ),
    "month_to_come": _l("That month has not begun yet. Choose this month or one before it."),
    "too_many_tries": _l("Too many tries. Wait %(seconds)s seconds, then try again."),
}

# What is said above one field.
FIELD: dict[str, str] = {
    "required": _l("This must be filled in."),
    "not_a_choice": _l("Choose one from the list."),
    "not_a_count": _l("Write a whole number, without a point or a comma."),
    "choose_post": _l("Choose who must do the next step."),
    "note_too_long": _l("Too long: at most 20,000 signs. Shorten it; nothing of it was cut."),
    "note_required": _l("Write what must be mended or why. The next officer reads it."),
    "reason_required": _l("Write the reason. It stands in the history of the file."),
    "book_reason": _l("Write the reason. It stands in the book, beside the number."),
    "deadline_over": _l("This day is over. Choose today or a later day."),
    "later_than_parent": _l(
        "This is later than the day until which you have it yourself. Choose an earlier day, or "
        "leave it empty: then your own day holds."
    ),
    "has_it_already": _l("One of these posts has it from you already and has not reported yet."),
    "instruction_required": _l("Tick an instruction or write what is to be done."),
    "report_required": _l("Write what was done and what came of it."),
    "already_extended": _l("The time of this step was extended before; it can be extended once."),
    "in_the_future": _l("This day and time have not come yet."),
    "before_previous_event": _l("This lies before the step that came before it."),
    "address_missing": _l("This way needs an address; the case does not know one."),
    "email_malformed": _l("This is no e-mail address. Write one, e.g. nama@contoh.go.id."),
    "mail_needs_scan": _l(
        "By e-mail a citizen gets the signed scan: upload it first, or choose another way."
    ),
    "before_approval": _l("The letter was approved later than that."),
    "before_sent": _l("The letter was sent later than that."),
    "too_long": _l("This is too long."),
    "letter_missing": _l("The letter has not been written yet."),
    "letter_void": _l(
        "The letter is void. Whoever approved it takes that step back, or the case is returned; "
        "then a new one is written."
    ),
    "outcome_needs_notice": _l("The person must first be told of this outcome."),
    "attachment_required": _l("Attach at least one file."),
    "scan_required": _l("Attach the scan of the paper on which the head decided."),
    "attachment_empty": _l("This file is empty. Choose it again."),
    "attachment_too_big": _l("This file is too large. Make the scan or photo smaller."),
    "attachment_type": _l("This kind of file is not taken. Send a PDF, a photo, Word or Excel."),
    "scan_type": _l("A scan is a PDF or a picture (JPG, PNG). Scan or photograph the paper."),
    "scan_same": _l("This is the scan that is there already. Choose the right one."),
    "signed_before_approval": _l("The letter was approved later than that: it was not signed yet."),
    "signed_after_sending": _l("The letter was sent before that day: it was signed by then."),
    "attachment_damaged": _l("This file cannot be read. Save or scan it again."),
    "attachment_bomb": _l("This file grows too large when it is opened. Send it in parts."),
    "attachment_macro": _l("This file has a macro or something live in it. Save it as PDF."),
    "logo_none": _l("Choose the picture of the logo."),
    "logo_empty": _l("This file is empty. Choose it again."),
    "logo_big": _l("This picture is larger than 5 MB. Make it smaller and bring it again."),
    "logo_type": _l(
        "This is no picture that can be read. Save the logo as PNG or JPG and bring it again."
    ),
    "logo_moves": _l("This picture moves. Bring one that stands still, as PNG or JPG."),
    "logo_pixels": _l("This picture has too many pixels. Make it smaller, e.g. 600 x 750."),
    "logo_damaged": _l("This picture is damaged. Save it again as PNG or JPG."),
    "logo_blank": _l("Nothing is to be seen in this picture. Choose another one."),
    "logo_small": _l(
        "This picture is too small to be printed well. Bring one of at least 120 pixels."
    ),
    "logo_oblong": _l("This picture is too long and thin for a kop. Bring the emblem alone."),
    "too_many_files": _l("Too many files at once: attach at most twenty."),
    "join_itself": _l("This is the case itself. Write the number of the other one."),
    "join_ended": _l("That case has ended. A case is joined to one that still goes on."),
    "join_confidential": _l("This case is confidential; it is joined to a confidential one only."),
    "outside_has_none": _l("The post outside has none: leave this empty."),
    "outside_needs_recorder": _l("Say which post records for the post outside."),
    "outside_is_there": _l("The office has such a post already."),
    "join_two_terlapor": _l("The two cases name different officials as terlapor."),
    "number_too_long": _l("One of the numbers is too long: at most 120 letters and digits."),
    "nobody_invited": _l("Invite at least one post, or somebody from outside."),
    "ends_before_it_begins": _l("The end lies before the beginning."),
    "who_does_it": _l("Choose a post, or write who does it."),
    "too_many_numbers": _l("At least 1 and at most %(most)s numbers at once."),
    "unknown_number": _l("There is no case of this number. Check it against the receipt."),
    "password_wrong": _l("This is not your present password."),
    "password_short": _l("Too short: a password has at least 10 signs."),
    "password_long": _l("Too long: a password has at most 200 signs."),
    "password_personal": _l("Your user name or NIP must not stand in it."),
    "password_common": _l("This is too easy to guess. A few words in a row are better."),
    "password_same": _l("This is the old password. Choose a new one."),
    "password_differs": _l("The two new passwords are not the same."),
    "username_taken": _l("Somebody else has this user name."),
    "key_taken": _l("The office has this key already."),
    "key_form": _l("A key is made of small letters, digits and dashes."),
    "circle": _l("Nothing can stand above itself."),
    "until_before_from": _l("The last day lies before the first."),
    "holds_already": _l("This person holds the post at that time already."),
    "holding_acted": _l(
        "The history names this holder. End this holding, and enter the new one beside it."
    ),
    "leave_outside": _l("The post is not held over the whole of this time."),
    "leave_twice": _l("Another leave lies in this time already."),
    "substitute_self": _l("Whoever is away cannot be his own Plh."),
    "mandate_twice": _l("The post signs in the name of another one at that time already."),
    "mandate_circle": _l("In the end the post would sign in its own name."),
    "mandate_deep": _l("Below u.b. nobody signs: the chain has at most three posts."),
    "until_needs_day": _l("A time needs its day."),
    "role_held": _l("A post has this role: take it from the post first."),
    "code_taken": _l("This code stands in the table already."),
    "kind_has_code": _l("One of these letters takes another code already. Untick it there first."),
    "day_taken": _l("This day stands in the list already."),
    "name_long": _l("A line of the name has at most 100 letters."),
    "name_lines": _l("The name has one to three lines."),
    "username_form": _l("Small letters, digits and full stops only, e.g. citra.misalnya."),
}


class Given(dict[str, Any]):
    """The values of a refusal; one that is not there is left blank, never an error page."""

    def __missing__(self, key: str) -> str:
        return ""


def word(refusal: Refusal) -> str:
    """The sentence for a refusal; a code nobody worded still says that nothing was changed."""
    return str(PAGE.get(refusal.code, PAGE["refused"])) % Given(refusal.values)


def word_field(code: str, **values: Any) -> str:
    """The sentence above a field."""
    known = FIELD.get(code)
    return str(known) % Given(values) if known is not None else _("Please check this again.")
