import { useEffect } from "preact/hooks";
import { nextEtag, type JournalEntry } from "../../journal/entries.js";
import { useEntries, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { momentOf, t } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";
import { Crisis } from "../../parts/crisis.js";
import { Statement } from "../../parts/statement.js";

const MORNING_HOUR = 9;

/** Hand an entry in and share it, at once or from `releaseAt` on. */
async function share(entry: JournalEntry, releaseAt: Date | null): Promise<void> {
  const path = { reflection_id: entry.id };
  const after = entry.waiting.map((write) => write.key);
  const release_at = releaseAt?.toISOString() ?? null;
  const base = { path, after, ifMatch: nextEtag(entry), thingId: entry.id };
  if (entry.stored?.state === "submitted") await journal.write("share_reflection", { ...base, body: { release_at } });
  else await journal.write("submit_reflection", { ...base, body: { share: true, release_at } });
}

/** Take an entry back, as long as nobody has read it. */
export async function unshare(entry: JournalEntry): Promise<void> {
  const after = entry.waiting.map((write) => write.key);
  await journal.write("unshare_reflection", { path: { reflection_id: entry.id }, after, ifMatch: nextEtag(entry), thingId: entry.id });
}

/** Whether the person has chosen to share it, sent or not. */
export function isShared(entry: JournalEntry): boolean {
  const asked = entry.waiting.findLast((write) => ["submit_reflection", "share_reflection", "unshare_reflection"].includes(write.operation));
  return asked ? asked.operation !== "unshare_reflection" : entry.stored?.sharing === "shared";
}

/** Who would read it, and what that means, before the choice; what happens now, after it. */
export function Share({ id }: { id: string }) {
  const { team } = useJournal();
  const entry = useEntries().find((one) => one.id === id);
  if (entry === undefined) return <Title>{t.entry.gone}</Title>;
  const tomorrow = new Date();
  tomorrow.setDate(tomorrow.getDate() + 1);
  tomorrow.setHours(MORNING_HOUR, 0, 0, 0);
  const isUnsafe = entry.content.safety === "not_safe" || entry.content.safety === "not_sure";
  if (isShared(entry)) return <Shared entry={entry} isUnsafe={isUnsafe} />;
  return (
    <>
      <Title>{t.share.title}</Title>
      {isUnsafe && (
        <>
          <p>{t.share.unsafe}</p>
          <Crisis />
        </>
      )}
      <p>{t.share.kept}</p>
      <h2>{t.share.question}</h2>
      {team.length > 0 ? (
        <>
          <p>{t.share.readers}</p>
          <ul>
            {team.map((member) => (
              <li key={member.id}>{[member.name, member.credential].filter(Boolean).join(", ")}</li>
            ))}
          </ul>
        </>
      ) : (
        <p>{t.share.noReaders}</p>
      )}
      <p class="hint">{t.share.meaning}</p>
      <a class="button wide" href="#/entries">
        {t.share.onlyMe}
      </a>
      <button type="button" class="primary wide" onClick={() => void share(entry, null)}>
        {t.share.now}
      </button>
      <button type="button" class="wide" onClick={() => void share(entry, tomorrow)}>
        {t.share.tomorrow(momentOf(tomorrow))}
      </button>
      <p class="hint">{t.share.laterHint}</p>
    </>
  );
}

/** What happens now: the statement that the API gave, or that it is still to come. */
function Shared({ entry, isUnsafe }: { entry: JournalEntry; isUnsafe: boolean }) {
  useEffect(() => scrollTo(0, 0), []);
  return (
    <>
      <Title>{t.share.statement}</Title>
      <div role="status">{entry.where === "phone" ? <p>{`${t.share.deciding} ${t.share.waitsForAnswer}`}</p> : <Statement entry={entry} />}</div>
      {entry.where === "needs-you" && <a href="#/waiting">{t.status.look}</a>}
      {isUnsafe && <Crisis />}
      <a class="button wide" href="#/entries">
        {t.share.toEntries}
      </a>
    </>
  );
}
