/** How you are told beyond this desk, and when not; for admins what was sent, and what was given up. */
import { useState } from "preact/hooks";
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import { addWebhook, readLog, readOwn, removeChannel, writeChoices, type OwnMessages } from "../../core/messages.js";
import { useNames } from "../../core/staff.js";
import type { Notification, NotificationChannel, NotificationSettings } from "../../core/types.js";
import { en } from "../../messages/en/messages.js";
import { dayOf, momentOf, spoken, t } from "../../messages/index.js";
import { Ask, chosen, type Field } from "../../parts/ask.js";
import { Alert, Pending, SureButton } from "../../parts/basics.js";
import { Facts, Room, Table } from "../../parts/room.js";

const w = spoken({ en });
/** Those that members of staff are told of, if they choose them; the others are for patients. */
const FOR_STAFF = ["roster_gap"];

const fields = (settings: NotificationSettings): Field[] => [
  { name: "kinds", label: w.kinds, type: "many", options: FOR_STAFF.map((kind) => [kind, w.kind[kind] ?? kind]), value: settings.kinds.join(" ") },
  ...(settings.emails ? [{ name: "email", label: w.email, type: "check" as const, value: settings.by_email ? "yes" : "" }] : []),
  { name: "from", label: w.quietFrom, type: "time", hint: w.quietHint, value: settings.quiet_from ?? "", isOptional: true },
  { name: "until", label: w.quietUntil, type: "time", value: settings.quiet_until ?? "", isOptional: true },
];

function Choices({ settings, reload }: { settings: NotificationSettings; reload: () => Promise<void> }) {
  const { kinds, quiet_from, quiet_until, time_zone } = settings;
  return (
    <section class="card">
      <div class="heading">
        <h2>{w.choices}</h2>
        <Ask label={w.change} send={w.keep} fields={fields(settings)} onSend={async (values) => { await writeChoices(settings, { kinds: chosen(values["kinds"]) as never, by_email: values["email"] === "yes", quiet_from: values["from"] || null, quiet_until: values["until"] || null, time_zone }); await reload(); }} />
      </div>
      <Facts
        facts={[
          [w.kinds, kinds.map((kind) => w.kind[kind] ?? kind).join(", ") || w.nothing],
          [w.email, settings.emails ? (settings.by_email ? w.emailYes : w.emailNo) : w.noEmail],
          [w.quiet, quiet_from && quiet_until ? w.quietAs(quiet_from, quiet_until, time_zone ?? "") : w.noQuiet],
        ]}
      />
      <p class="hint">{w.urgent}</p>
    </section>
  );
}

function Channels({ channels, reload }: { channels: NotificationChannel[]; reload: () => Promise<void> }) {
  const [secret, setSecret] = useState("");
  const { message, act } = useAct();
  return (
    <section class="card">
      <div class="heading">
        <h2>{w.channels}</h2>
        <Ask label={w.add} lead={w.addLead} send={w.addGo} fields={[{ name: "url", label: w.url, value: "https://" }]} onSend={async ({ url = "" }) => { setSecret((await addWebhook(url)).secret ?? ""); await reload(); }} />
      </div>
      {secret && (
        <div class="shown" role="status">
          <p>{w.secret}</p>
          <code>{secret}</code>
        </div>
      )}
      {channels.length === 0 && <p class="hint">{w.noChannel}</p>}
      <ul class="plain facts">
        {channels.map((one) => (
          <li key={one.id}>
            <span>
              {w.channel[one.kind] ?? one.kind} <span class="hint">{one.url}</span>
            </span>
            <span class="hint">{one.gone_at ? w.gone(dayOf(one.gone_at)) : w.added(dayOf(one.created_at))}</span>
            <span class="row">
              <SureButton label={w.remove} title={w.removeOf(one.url)} question={w.removeSure} yes={w.remove} onSure={() => void act(async () => { await removeChannel(one.id); await reload(); })} />
            </span>
          </li>
        ))}
      </ul>
      <Alert message={message} />
    </section>
  );
}

function lastTry(one: Notification): string {
  const error = one.last_error === null ? "" : `${w.error[one.last_error] ?? one.last_error}${one.last_status ? ` (${one.last_status})` : ""}`;
  return [one.last_means && (w.means[one.last_means] ?? one.last_means), error].filter(Boolean).join(": ");
}

/** The log of the whole clinic: never what a message says, and of a patient's never whose it is. */
function Log() {
  const [isFailed, setIsFailed] = useState(false);
  const loaded = useLoaded(`log ${isFailed}`, () => readLog(isFailed, null));
  const names = useNames();
  const { isBusy, message, act } = useAct();
  const page = loaded.value;
  const more = (): Promise<void> =>
    act(async () => {
      if (page === null) return;
      const next = await readLog(isFailed, page.next_cursor);
      loaded.set({ items: [...page.items, ...next.items], next_cursor: next.next_cursor });
    });
  return (
    <section class="card">
      <h2>{w.log}</h2>
      <div class="row filter" role="group" aria-label={w.show}>
        {[false, true].map((failed) => (
          <button key={String(failed)} type="button" class="small" aria-pressed={isFailed === failed} onClick={() => setIsFailed(failed)}>
            {failed ? w.failed : w.all}
          </button>
        ))}
      </div>
      {page === null && <Pending loaded={loaded} />}
      {page?.items.length === 0 && <p class="hint">{w.empty}</p>}
      {page !== null && page.items.length > 0 && (
        <Table label={w.log} heads={w.heads}>
          {page.items.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <time dateTime={one.created_at}>{momentOf(one.created_at)}</time>
              </th>
              <td dir="auto">{one.account_id === null ? w.patient : names(one.account_id)}</td>
              <td>{w.kind[one.kind] ?? one.kind}</td>
              <td class={one.state === "failed" ? "late" : ""}>{w.state[one.state] ?? one.state}</td>
              <td class="number">{one.attempts}</td>
              <td>{lastTry(one)}</td>
            </tr>
          ))}
        </Table>
      )}
      <Alert message={message} />
      {page?.next_cursor && (
        <button type="button" disabled={isBusy} onClick={() => void more()}>
          {t.more}
        </button>
      )}
    </section>
  );
}

export function MessagesScreen() {
  const { me } = useDesk();
  const loaded = useLoaded<OwnMessages>("messages", readOwn);
  return (
    <Room title={w.title} loaded={loaded} hint={w.lead} back={<a href="#/clinic">{w.clinic}</a>}>
      {({ settings, channels }) => (
        <>
          <Choices settings={settings} reload={loaded.reload} />
          <Channels channels={channels} reload={loaded.reload} />
          {me?.roles.includes("clinic_admin") && <Log />}
        </>
      )}
    </Room>
  );
}
