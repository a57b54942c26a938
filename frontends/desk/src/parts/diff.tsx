/** What changed between two texts, in the words themselves: what went is struck, what came is underlined. */
import type { FieldDiff } from "../core/types.js";
import { en } from "../messages/en/diff.js";
import { spoken } from "../messages/index.js";

const w = spoken({ en });

export function Diff({ fields, words }: { fields: FieldDiff[]; words: (field: string) => string }) {
  const changed = fields.filter((one) => one.parts.some((part) => part.kind !== "same"));
  if (changed.length === 0) return <p class="hint">{w.same}</p>;
  return (
    <>
      {changed.map((one) => (
        <section key={one.field}>
          <h3>{words(one.field)}</h3>
          <p class="words" dir="auto">
            {one.parts.map((part, index) => {
              const Part = part.kind === "same" ? "span" : part.kind === "added" ? "ins" : "del";
              return <Part key={index}>{part.text}</Part>;
            })}
          </p>
        </section>
      ))}
    </>
  );
}
