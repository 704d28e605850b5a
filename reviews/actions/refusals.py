"""Why an action refused."""


class NotNow(Exception):
    """The step is not open at this stage of the review, or not to this person."""


class ChangedMeanwhile(Exception):
    """Someone saved since the page was opened; nothing was overwritten."""
