/** English: the route of a dose, and findings. */
export const en = {
  route: {
    iv_infusion: "infusion into a vein",
    im: "injection into a muscle",
    sc: "injection under the skin",
    intranasal_racemic: "nasal spray, racemic ketamine",
    intranasal_esketamine: "nasal spray, esketamine",
    sublingual: "under the tongue",
    buccal: "inside the cheek",
    oral: "swallowed",
  } as Record<string, string>,
  severity: { moderate: "Note", high: "Important", critical: "Critical" } as Record<string, string>,
  finding: (severity: string, text: string) => `${severity}: ${text}`,
};
