"""Why a target stands where it stands: the same words on the page, in the mail and at the terminal."""

from models.explanation import explain

__all__ = ["explain"]
