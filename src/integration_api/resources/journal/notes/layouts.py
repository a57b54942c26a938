"""The sections of notes: of the formats that come with the product, and of the templates of a clinic."""

from collections.abc import Mapping

from integration_api.core.texts import is_blank
from integration_api.resources.journal.note_templates.rules import SECTION_KEYS as TEMPLATE_KEYS
from integration_api.resources.journal.note_templates.rules import Layout
from integration_api.resources.journal.notes.tables import NoteFormat

SECTIONS: Mapping[NoteFormat, tuple[str, ...]] = {
    NoteFormat.SOAP: ("subjective", "objective", "assessment", "plan"),
    NoteFormat.DAP: ("data", "assessment", "plan"),
    NoteFormat.BIRP: ("behavior", "intervention", "response", "plan"),
    NoteFormat.GIRP: ("goals", "intervention", "response", "plan"),
    NoteFormat.PIRP: ("problem", "intervention", "response", "plan"),
    NoteFormat.NARRATIVE: ("narrative",),
    NoteFormat.KAP_PREPARATION: (
        "intention",
        "expectations_fears",
        "psychoeducation",
        "set_setting_agreements",
        "safety_coping",
        "readiness",
        "plan",
    ),
    NoteFormat.KAP_DOSING: (
        "pre_dose_state",
        "dose_summary",
        "observed_course",
        "interventions",
        "peak_content_themes",
        "aes",
        "discharge",
        "plan",
    ),
    NoteFormat.KAP_INTEGRATION: (
        "since_last",
        "themes",
        "affect_body",
        "meaning_insight",
        "relational",
        "behaviour_commitments",
        "coping_review",
        "measures",
        "risk",
        "plan",
    ),
}
"""The sections of each format of ours, in order; all are required to sign. Source: clinical.md section 2.1."""

SECTION_KEYS = frozenset(key for keys in (*SECTIONS.values(), TEMPLATE_KEYS) for key in keys)
"""Every key that a section of a note can have."""
LAYOUTS: Mapping[NoteFormat, Layout] = {name: Layout(keys, frozenset(keys)) for name, keys in SECTIONS.items()}
"""By format, but for that of templates, whose layout the clinic decides."""
PLAN = "plan"
"""The section that a new draft may carry forward."""


def in_order(layout: Layout, sections: Mapping[str, str]) -> dict[str, str]:
    """Return the sections that are there, in the layout's order."""
    return {key: sections[key] for key in layout.keys if key in sections}


def missing_sections(layout: Layout, sections: Mapping[str, str]) -> list[str]:
    """Return the sections that signing needs and that are absent or blank, in the layout's order."""
    return [key for key in layout.keys if key in layout.required and is_blank(sections.get(key))]
