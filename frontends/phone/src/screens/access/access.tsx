import { unwrap } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { journal } from "../../journal/journal.js";
import type { Access } from "../../journal/types.js";
import { dayOf, t, timeOf } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";

/** One line in plain words: who, what, why. */
function wordsOf({ actor, event, outcome, basis, purpose }: Access): string {
  const name = [actor?.name ?? t.access.program, actor?.credential].filter(Boolean).join(", ");
  const who = actor === null ? t.access.nobody : actor.is_you ? t.access.you : name;
  const did = outcome === "denied" ? t.access.asked : (t.access.did[event] ?? t.access.didOther);
  const why = basis !== null && basis !== "team" ? t.access.emergency : (t.access.why[purpose ?? ""] ?? "");
  return `${who} ${[did, why].filter(Boolean).join(", ")}.`;
}

/** The access log: everybody who looked at or changed something about the person. */
export function AccessLog() {
  const [found, setFound] = useState<Access[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [others, setOthers] = useState(true);
  const [isRead, setIsRead] = useState<boolean | null>(null);

  const read = async (from: string | null): Promise<void> => {
    const isReached = await journal.reader.reached(async () => {
      const query = from === null ? { others } : { others, cursor: from };
      const { data } = await unwrap(journal.client.http.GET("/v1/me/access-log", { params: { query } }));
      setFound((before) => (from === null ? data.items : [...before, ...data.items]));
      setCursor(data.next_cursor);
    });
    setIsRead(isReached);
  };
  useEffect(() => void read(null), [others]);

  const days = new Map<string, Access[]>();
  for (const one of found) {
    const day = dayOf(one.at);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return (
    <>
      <Title>{t.access.title}</Title>
      <p>{t.access.lead}</p>
      <label class="check">
        <input type="checkbox" checked={others} onChange={(event) => setOthers(event.currentTarget.checked)} />
        <span>{t.access.others}</span>
      </label>
      <p role="status">{isRead === false ? t.access.offline : isRead && found.length === 0 ? t.access.none : ""}</p>
      {[...days].map(([day, lines]) => (
        <section key={day}>
          <h2>{day}</h2>
          <ul class="plain log">
            {lines.map((one) => (
              <li key={one.id}>
                {wordsOf(one)} <span class="hint">{timeOf(one.at)}</span> {one.is_private && !others && <span class="hint">{t.access.onlyYou}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {cursor !== null && (
        <button type="button" class="wide" onClick={() => void read(cursor)}>
          {t.access.more}
        </button>
      )}
    </>
  );
}
