"""The words of an observer about a patient at home. Source: clinical.md section 1.8."""

from enum import StrEnum


class Responds(StrEnum):
    """The response of the patient. Source: clinical.md section 1.8."""

    YES = "yes"
    TO_VOICE = "to_voice"
    TO_TOUCH = "to_touch"
    NO = "no"


class Breathing(StrEnum):
    """The breathing of the patient. Source: clinical.md section 1.8."""

    NORMAL = "normal"
    NOISY = "noisy"
    SLOW = "slow"
    NONE = "none"


class Colour(StrEnum):
    """The colour of the face and lips. Source: clinical.md section 1.8."""

    NORMAL = "normal"
    PALE = "pale"
    BLUE = "blue"


class Position(StrEnum):
    """The position of the patient. The words are ours."""

    SITTING = "sitting"
    RECLINED = "reclined"
    ON_SIDE = "on_side"
    ON_BACK = "on_back"
    OTHER = "other"


class ObserverSource(StrEnum):
    """From whom the numbers are. Source: clinical.md section 1.8."""

    SELF_READ = "self_read"
    OBSERVER = "observer"
    DEVICE = "device"
