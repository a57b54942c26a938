"""Being on the care team, as against seeing a chart by emergency access."""

from integration_api.web.errors import Forbidden


class NotOnCareTeam(Forbidden):
    """You see this chart by emergency access; this step is for a member of the care team."""

    code = "not-on-care-team"
    title = "Not on the care team"
    remedy = "Repeat it once somebody has added the person to the care team."
