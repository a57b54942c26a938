/** What the person is told beyond the app, when not, and on which devices. */
import { NoAnswer, Problem, unwrap } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useKept } from "../../journal/online.js";
import type { NotificationChannel, NotificationSettings } from "../../journal/types.js";
import { untell } from "../../journal/untell.js";
import { dayOf, t } from "../../messages/index.js";
import { l } from "../../messages/later.js";
import { r } from "../../messages/rooms.js";
import { SureButton, Title } from "../../parts/basics.js";
import { wordsOf } from "../../parts/proof.js";
import { addPhone, canPush, endpointHere, isBlocked } from "./push.js";

const w = l.telling;
const [NIGHT_FROM, NIGHT_UNTIL] = ["22:00", "08:00"];

interface Found {
  settings: NotificationSettings;
  channels: NotificationChannel[];
}
type Choices = Pick<NotificationSettings, "kinds" | "by_email" | "quiet_from" | "quiet_until">;

async function readAll(): Promise<Found> {
  const { http } = journal.client;
  const [settings, channels] = await Promise.all([unwrap(http.GET("/v1/me/notification-settings")), unwrap(http.GET("/v1/me/channels"))]);
  return { settings: settings.data, channels: channels.data.items };
}

/** What is told, by which means, and when not. */
function Settings({ settings, onSaved }: { settings: NotificationSettings; onSaved: () => void }) {
  const { isReached } = useJournal();
  const [value, setValue] = useState<Choices>(settings);
  const [message, setMessage] = useState("");
  useEffect(() => setValue(settings), [settings.version]);
  const set = (changes: Partial<Choices>): void => {
    setMessage("");
    setValue({ ...value, ...changes });
  };
  const isQuiet = value.quiet_from !== null;
  const save = async (): Promise<void> => {
    const { kinds, by_email, quiet_from = null, quiet_until = null } = value;
    const header = { "If-Match": `"${settings.version}"` };
    const body = { kinds, by_email, quiet_from, quiet_until, time_zone: settings.time_zone };
    try {
      await unwrap(journal.client.http.PUT("/v1/me/notification-settings", { params: { header }, body }));
      setMessage(w.saved);
    } catch (error) {
      setMessage(error instanceof Problem && error.isStale ? w.stale : wordsOf(error));
    }
    onSaved();
  };
  return (
    <>
      <fieldset>
        <legend>{w.what}</legend>
        {Object.entries(w.kinds).map(([kind, words]) => (
          <label key={kind} class="check">
            <input
              type="checkbox"
              checked={(value.kinds as string[]).includes(kind)}
              onChange={(event) => set({ kinds: (event.currentTarget.checked ? [...value.kinds, kind] : value.kinds.filter((one) => one !== kind)) as Choices["kinds"] })}
            />
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{w.quiet}</legend>
        <label class="check">
          <input type="checkbox" checked={isQuiet} onChange={() => set(isQuiet ? { quiet_from: null, quiet_until: null } : { quiet_from: NIGHT_FROM, quiet_until: NIGHT_UNTIL })} />
          <span>{w.quietOn}</span>
        </label>
        {isQuiet && (
          <div class="times">
            {([["quiet_from", w.from], ["quiet_until", w.until]] as const).map(([name, words]) => (
              <div key={name} class="field">
                <label for={name}>{words}</label>
                <input id={name} type="time" required value={value[name] ?? ""} onInput={(event) => event.currentTarget.value && set({ [name]: event.currentTarget.value })} />
              </div>
            ))}
          </div>
        )}
        {isQuiet && <p class="hint">{w.quietHint}</p>}
      </fieldset>
      {settings.emails && (
        <fieldset>
          <legend>{w.how}</legend>
          <label class="check">
            <input type="checkbox" checked={value.by_email} onChange={(event) => set({ by_email: event.currentTarget.checked })} />
            <span>
              {w.email} <span class="hint">{w.emailHint}</span>
            </span>
          </label>
        </fieldset>
      )}
      <button type="button" class="primary wide" disabled={!isReached} onClick={() => void save()}>
        {w.save}
      </button>
      <p role="status">{message}</p>
    </>
  );
}

async function remove(channel_id: string): Promise<void> {
  await unwrap(journal.client.http.DELETE("/v1/me/channels/{channel_id}", { params: { path: { channel_id } } }));
}

/** This phone: whether messages come to it, and why not if they cannot. */
function Here({ found, endpoint, onChanged }: { found: Found; endpoint: string | null; onChanged: () => void }) {
  const { isReached } = useJournal();
  const [message, setMessage] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const key = found.settings.push_key;
  const mine = found.channels.find((one) => one.url === endpoint && one.gone_at === null);
  const act = async (work: () => Promise<string>): Promise<void> => {
    setIsBusy(true);
    try {
      setMessage(await work());
    } catch (error) {
      setMessage(error instanceof Problem || error instanceof NoAnswer ? wordsOf(error, { "too-many-channels": w.tooMany }) : w.failed);
    } finally {
      setIsBusy(false);
      onChanged();
    }
  };
  const why = key === null ? w.notOffered : !canPush() ? w.cannot : isBlocked() ? w.blocked : null;
  return (
    <section class="card" aria-labelledby="here">
      <h2 id="here">{w.here}</h2>
      <p>{mine ? w.isHere : why ?? w.notHere}</p>
      {mine && (
        <button type="button" class="wide" disabled={isBusy || !isReached} onClick={() => void act(async () => { await untell(); await remove(mine.id); return ""; })}>
          {w.remove}
        </button>
      )}
      {!mine && why === null && (
        <>
          <button type="button" class="wide" disabled={isBusy || !isReached} onClick={() => void act(async () => ((await addPhone(key!)) ? "" : w.refused))}>
            {w.add}
          </button>
          <p class="hint">{w.addHint}</p>
        </>
      )}
      {mine && found.settings.kinds.length === 0 && <p class="hint">{w.noKinds}</p>}
      <p role="status">{message}</p>
    </section>
  );
}

function Other({ one, onChanged }: { one: NotificationChannel; onChanged: () => void }) {
  const [message, setMessage] = useState("");
  const day = dayOf(one.created_at);
  return (
    <li class="card">
      <p>{one.kind === "webhook" ? w.service(new URL(one.url).hostname, day) : w.other(day)}</p>
      {one.gone_at !== null && <p class="hint">{w.gone}</p>}
      <SureButton label={w.removeOther} question={w.removeSure} yes={w.removeYes} onSure={() => void remove(one.id).then(onChanged, (error: unknown) => setMessage(wordsOf(error)))} />
      <p role="status">{message}</p>
    </li>
  );
}

export function Telling() {
  const { isReached } = useJournal();
  const { value, isMissing, reload } = useKept<Found>("telling", readAll);
  const [endpoint, setEndpoint] = useState<string | null>(null);
  useEffect(() => void endpointHere().then(setEndpoint), [value]);
  const others = value?.channels.filter((one) => one.url !== endpoint || one.gone_at !== null) ?? [];
  return (
    <>
      <Title>{w.title}</Title>
      <p>{w.lead}</p>
      <p class="card" lang="en" dir="ltr">
        {w.sentence}
      </p>
      {w.sentenceMeans && <p class="hint">{w.sentenceMeans}</p>}
      <p role="status">{value === null && isMissing ? r.offline : !isReached ? w.offline : ""}</p>
      {value === null && !isMissing && <p class="hint">{t.loading}</p>}
      {value !== null && <Settings settings={value.settings} onSaved={reload} />}
      {value !== null && <Here found={value} endpoint={endpoint} onChanged={reload} />}
      {others.length > 0 && (
        <section aria-labelledby="elsewhere">
          <h2 id="elsewhere">{w.others}</h2>
          <ul class="plain">
            {others.map((one) => (
              <Other key={one.id} one={one} onChanged={reload} />
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href="#/more">{t.back}</a>
      </p>
    </>
  );
}
