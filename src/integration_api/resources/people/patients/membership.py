"""Being on the care team, as against seeing a chart by emergency access, and reading all of a chart."""

from integration_api.web.errors import Forbidden


class NotOnCareTeam(Forbidden):
    """You see this chart by emergency access; this step is for a member of the care team."""

    code = "not-on-care-team"
    title = "Not on the care team"
    remedy = "Repeat it once somebody has added the person to the care team."


class ProseNotRead(Forbidden):
    """You read no notes and reflections of this chart, and this step needs somebody who reads all of it."""

    code = "prose-not-read"
    title = "Notes and reflections not read"
    remedy = "Ask a therapist or supervisor of the care team; in this clinic prescribers read no notes and reflections."
