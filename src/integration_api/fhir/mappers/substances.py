"""The medicines of this product and the routes by which they are given, as codes."""

from integration_api.fhir.elements import RXNORM, SNOMED, Json, coding, concept
from integration_api.resources.care.orders.limits import DoseRoute

_KETAMINE = (coding(SNOMED, "373464007", "Ketamine"), coding(RXNORM, "6130", "ketamine"))
_ROUTES = {
    DoseRoute.IV_INFUSION: "47625008",
    DoseRoute.IM: "78421000",
    DoseRoute.SC: "34206005",
    DoseRoute.INTRANASAL_RACEMIC: "46713006",
    DoseRoute.INTRANASAL_ESKETAMINE: "46713006",
    DoseRoute.SUBLINGUAL: "37839007",
    DoseRoute.BUCCAL: "54471007",
    DoseRoute.ORAL: "26643006",
}
"""Source: clinical.md section 1.2, and SNOMED CT."""


def medicine_of(route: DoseRoute, *details: str | None, is_compounded: bool = False) -> Json:
    """Return the medicine by its route. A compounded one is out of the scope of RxNorm: it is a text."""
    is_esketamine = route is DoseRoute.INTRANASAL_ESKETAMINE
    text = ", ".join(part for part in ("Esketamine" if is_esketamine else "Ketamine", *details) if part)
    return concept(*(() if is_esketamine or is_compounded else _KETAMINE), text=text)


def route_of(route: DoseRoute) -> Json:
    """Return the route."""
    return concept(coding(SNOMED, _ROUTES[route]), text=route.value.replace("_", " "))
