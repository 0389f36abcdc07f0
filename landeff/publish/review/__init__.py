"""The review workbook (核对表): doubtful matches and corrections, for a person to fill in."""

from landeff.publish.review.write import write_review

__all__ = ["write_review"]
