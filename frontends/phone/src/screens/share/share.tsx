import { useEffect } from "preact/hooks";
import { heldUntil, nextEtag, type JournalEntry } from "../../journal/entries.js";
import { useEntries, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { Member } from "../../journal/types.js";
import { momentOf, t } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";
import { Crisis } from "../../parts/crisis.js";
import { Statement } from "../../parts/statement.js";

const MORNING_HOUR = 9;
const HOUR_MS = 3_600_000;

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
  const { team, reflections } = useJournal();
  const entry = useEntries().find((one) => one.id === id);
  if (entry === undefined) return <Title>{t.entry.gone}</Title>;
  const tomorrow = new Date();
  tomorrow.setDate(tomorrow.getDate() + 1);
  tomorrow.setHours(MORNING_HOUR, 0, 0, 0);
  const inAnHour = new Date(Date.now() + HOUR_MS);
  const held = heldUntil(reflections, Date.now());
  const isUnsafe = entry.content.safety === "not_safe" || entry.content.safety === "not_sure";
  const asksForHelp = isUnsafe || entry.content.contact_me === true;
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
      {held !== null && !asksForHelp ? (
        <Held until={held} />
      ) : (
        <Question team={team} held={held} asksForHelp={asksForHelp} inAnHour={inAnHour} tomorrow={tomorrow} onShare={(at) => void share(entry, at)} />
      )}
    </>
  );
}

/** So soon after a dose nobody is asked to decide. */
function Held({ until }: { until: Date }) {
  return (
    <>
      <h2>{t.share.heldTitle}</h2>
      <p role="status">{t.share.held(momentOf(until))}</p>
      <p class="hint">{t.share.heldHint}</p>
      <a class="button wide" href="#/entries">
        {t.share.toEntries}
      </a>
    </>
  );
}

function Question({ team, held, asksForHelp, inAnHour, tomorrow, onShare }: { team: Member[]; held: Date | null; asksForHelp: boolean; inAnHour: Date; tomorrow: Date; onShare: (at: Date | null) => void }) {
  return (
    <>
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
      <button type="button" class="primary wide" onClick={() => onShare(null)}>
        {held === null ? t.share.now : t.share.nowHeld}
      </button>
      {held !== null && <p class="hint">{t.share.readAfter(momentOf(held))}</p>}
      {held === null && (
        <>
          <button type="button" class="wide" onClick={() => onShare(inAnHour)}>
            {t.share.later(momentOf(inAnHour))}
          </button>
          <button type="button" class="wide" onClick={() => onShare(tomorrow)}>
            {t.share.later(momentOf(tomorrow))}
          </button>
          <p class="hint">{t.share.laterHint}</p>
        </>
      )}
      {asksForHelp && <p>{t.share.helpAtOnce}</p>}
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
      <p>
        <a href={`#/who/entry/${entry.id}`}>{t.entry.who}</a>
      </p>
      <a class="button wide" href="#/entries">
        {t.share.toEntries}
      </a>
    </>
  );
}
