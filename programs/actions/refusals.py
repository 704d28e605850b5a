"""Why an action refused."""


class NotAllowed(Exception):
    """The person's role in the program does not carry this step, or the row is not one that it is meant for."""


class ChangedMeanwhile(Exception):
    """Someone saved since the page was opened; nothing was overwritten."""
