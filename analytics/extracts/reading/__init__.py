"""What single cells say: texts, dates, numbers, yes and no, and areas.

A column of a million rows holds few different texts, so everything here reads distinct texts. A
``Reading`` says of each what it means, and where that needs a word, a note: the rules of
``extracts/rules`` find the notes and tell the sender.
"""

from analytics.extracts.reading.notes import Note, Reading

__all__ = ["Note", "Reading"]
