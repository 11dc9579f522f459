"""Why a file is not indexed, in plain words and with what helps, for who looks after a corpus."""

from __future__ import annotations

from pincite.errors import RefusalReason
from pincite.said import N_

REFUSALS: dict[RefusalReason, str] = {
    "empty": N_("The file is empty. Fetch it again."),
    "encrypted": N_("The file is locked with a password. Add a copy that is not."),
    "truncated": N_("The file ends too early. Fetch it again."),
    "malformed": N_("The file is not built as its format demands. Save it anew or fetch it again."),
    "no_pages": N_("The document has no pages."),
    "no_text": N_("No text is in it."),
    "form_only": N_("It is an electronic form whose text only its own program shows. Print it."),
    "scan_without_ocr": N_("Its pages are pictures of text. Turn text recognition (OCR) on."),
    "too_large": N_("The file is larger than the limit."),
    "too_many_pages": N_("The document has more pages than the limit."),
    "too_slow": N_("Reading it took longer than the limit."),
    "too_much_memory": N_("Reading it took more memory than the limit."),
    "expands_too_much": N_("Unpacked it would be far larger than it looks, as harmful files are."),
    "wrong_type": N_("The file is not of the type that its name says."),
    "unknown_type": N_("No reader knows this type of file."),
    "unknown_encoding": N_("Its letters are coded in a way that could not be told."),
    "unreadable": N_("The file could not be opened."),
    "outside_corpus": N_("The catalogue or a link leads outside the folder."),
    "link_loop": N_("Links in the folder lead round in a circle."),
    "sha256_differs": N_("It is not the file that the catalogue describes: its bytes differ."),
    "crashed": N_("The reader failed on it. Nothing of it was kept."),
}
"""A sentence for each reason; what was seen of each file stands beside it."""
