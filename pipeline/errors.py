"""The few named errors. Each is raised where its cause is known and becomes one line for the user in one place,
`flows.cli`."""


class NianbaoError(Exception):
    """A mistake or a state that the user can do something about: one line, no traceback."""


class ConfigError(NianbaoError):
    """A configuration file or setting is wrong."""


class UnreadableDocument(NianbaoError):
    """A document whose content cannot be had: broken, encrypted, or of a type no reader knows."""


class LostRecord(UnreadableDocument):
    """The archive does not have the bytes where they should be: no word about the document itself."""


class WarehouseError(NianbaoError):
    """The data folder is locked, full, newer than this program, or would lose reports."""
