"""Invitations in the member's language: statuses, columns, and what is wrong with a line."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import format_decimal, gettext

from quiz.services.invitations import Invitation, book
from quiz.services.invitations.rows import MOST, Problem, TooMany


def statuses() -> dict[str, str]:
    """What each status is called, in the order in which people get there."""
    return {
        "invited": gettext("Invited"),
        "mailed": gettext("Mailed"),
        "opened": gettext("Link opened"),
        "started": gettext("Quiz started"),
        "completed": gettext("Quiz completed"),
        "revoked": gettext("Link revoked"),
    }


def filters() -> dict[str, str]:
    """What the list can be narrowed to: the statuses, and how their mail stands."""
    return statuses() | {book.WAITING: gettext("Mail on its way"), book.FAILED: gettext("Mail failed")}


def columns() -> dict[str, str]:
    """What each column of a list is called."""
    return {
        "name": gettext("Name"),
        "email": gettext("E-mail"),
        "reference": gettext("Reference"),
        "language": gettext("Language"),
    }


def of_line(problem: Problem) -> str:
    """What is wrong with a line, a sentence for each thing."""
    return " ".join(map(of_one, (problem, *problem.also)))


def of_one(problem: Problem) -> str:
    """One thing that is wrong with a line, as a sentence."""
    value, limit = problem.value, format_decimal(problem.limit)
    column = columns().get(problem.column, "")
    sentences = {
        "quotes": lambda: gettext("A quotation mark is not closed, or stands in the middle of a cell."),
        "cells": lambda: gettext("There are %(count)s cells, and %(limit)s have a meaning.", count=value, limit=limit),
        "characters": lambda: gettext("%(column)s: there is a character that cannot be shown.", column=column),
        "too-long": lambda: (
            gettext("%(column)s: at most %(limit)s characters fit.", column=column, limit=limit)
            if column
            else gettext("The line is too long: at most %(limit)s characters fit.", limit=limit)
        ),
        "email": lambda: gettext("“%(value)s” is not an e-mail address.", value=value),
        "language": lambda: gettext("“%(value)s” is not a language of the quiz; write es or en.", value=value),
        "other-language": lambda: gettext("“%(value)s” is not among the campaign’s languages.", value=value),
        "formula": lambda: gettext(
            "%(column)s: “%(value)s” begins like a formula of a spreadsheet.", column=column, value=value
        ),
        "nobody": lambda: gettext("An e-mail or a reference is needed; by a name alone people cannot be told apart."),
        "same-email": lambda: (
            gettext("%(value)s is on line %(line)s already.", value=value, line=problem.other)
            if problem.other
            else gettext("%(value)s has been invited before.", value=value)
        ),
        "same-reference": lambda: (
            gettext("The reference “%(value)s” is on line %(line)s already.", value=value, line=problem.other)
            if problem.other
            else gettext("Somebody with the reference “%(value)s” has been invited before.", value=value)
        ),
    }
    said: str = sentences[problem.kind]()
    return said


def of_file(kind: str) -> str:
    """Why a file cannot be read."""
    said: str = (
        gettext("This is a workbook. Save it as CSV in your spreadsheet, and choose that file.")
        if kind == "workbook"
        else gettext("This is not a text file. Choose a list that was saved as CSV.")
    )
    return said


def of_length(error: TooMany) -> str:
    """That a list is too long."""
    lines, most = format_decimal(error.lines), format_decimal(MOST)
    said: str = gettext(
        "There are %(lines)s lines, and %(most)s fit at a time. Send it in parts.", lines=lines, most=most
    )
    return said


def why(invitation: Invitation) -> str:
    """Why the last mail to somebody failed, or has not gone out yet, with what the server said; empty: no reason."""
    return reasons()(invitation)


def reasons() -> Callable[[Invitation], str]:
    """What says `why`, in the language of now, for when the request has ended."""
    sentences = {
        "no-mail": gettext("Mail is not set up here. Copy the link instead."),
        "address": gettext("Mail cannot be sent to this address."),
        "unreachable": gettext("The mail server could not be reached."),
        "insecure": gettext("The mail server offers no safe connection. Whoever runs this site has to look into it."),
        "sign-in": gettext("The mail server does not let this site in. Whoever runs it has to look into it."),
        "refused": gettext("The mail server did not take the message."),
        "shut": gettext("Nobody could start in the campaign when it was its turn."),
        "late": gettext("Nobody took care of it in time. Whoever runs this site has to look into it."),
    }

    def of(invitation: Invitation) -> str:
        if not invitation.reason:
            return ""
        return " ".join(filter(None, [sentences[invitation.reason], invitation.answer and f"({invitation.answer})"]))

    return of
