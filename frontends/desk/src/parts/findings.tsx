/** What the rules remark, and small facts with a label. */
import type { ComponentChildren } from "preact";
import type { Finding } from "../core/types.js";
import { en } from "../messages/en/dose.js";
import { spoken } from "../messages/index.js";

const w = spoken({ en });

/** The remarks of rules: each says how grave it is, in words, and where it comes from. */
export function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul class="plain findings">
      {findings.map((finding) => (
        <li key={finding.rule + finding.text} class={finding.severity === "moderate" ? "" : "late"}>
          {w.finding(w.severity[finding.severity] ?? finding.severity, finding.text)} <span class="hint">{finding.rule}</span>
        </li>
      ))}
    </ul>
  );
}

export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <p class="fact">
      <span class="hint">{label}</span> <span dir="auto">{children}</span>
    </p>
  );
}
