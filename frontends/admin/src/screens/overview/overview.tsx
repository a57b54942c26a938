/** What needs somebody: one tile for each room that this account may see. */
import { Pending, Title, useRowFocus } from "../../../../shared/office/basics.js";
import { useLoaded, type Loaded } from "../../../../shared/office/hooks.js";
import { agoOf, momentOf, spoken } from "../../../../shared/office/messages.js";
import { readRoster } from "../../../../shared/office/roster/calls.js";
import { readStaff, useNames } from "../../../../shared/office/staff.js";
import { useAdmin } from "../../core/admin.js";
import { isOld, readBackups, type Backups } from "../../core/clinic.js";
import { isAdmin } from "../../core/pages.js";
import { endsSoon, type Account } from "../../core/people.js";
import { readWebhooks } from "../../core/programs.js";
import { readNotices, readNotifications } from "../../core/records.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/overview.js";

const w = spoken({ en });

interface Told {
  figure: string;
  lines: string[];
  /** Whether somebody is to look at it. */
  isBad: boolean;
}

function Tile<T>({ title, href, loaded, tell }: { title: string; href: string; loaded: Loaded<T>; tell: (value: T) => Told }) {
  const told = loaded.value === null ? null : tell(loaded.value);
  return (
    <section class={told?.isBad ? "card attention" : "card"}>
      <h2>
        <a data-row href={href}>
          {title}
        </a>
      </h2>
      {told === null ? <Pending loaded={loaded} /> : (
        <>
          <p class="figure" dir="auto">{told.figure}</p>
          {told.lines.filter(Boolean).map((line) => <p key={line} class="hint">{line}</p>)}
        </>
      )}
    </section>
  );
}

function OnCallTile() {
  const names = useNames();
  const loaded = useLoaded("overview roster", readRoster);
  return (
    <Tile
      title={w.onCall}
      href="#/roster"
      loaded={loaded}
      tell={({ roster: { on_call, gaps, waiting_since } }) => ({
        figure: on_call[0] ? w.andMore(names(on_call[0].account_id), on_call.length - 1) : w.nobody,
        lines: [w.gaps(gaps.length), waiting_since ? w.waiting(momentOf(waiting_since)) : ""],
        isBad: on_call.length === 0 || gaps.length > 0 || waiting_since !== null,
      })}
    />
  );
}

function PeopleTile() {
  const loaded = useLoaded("overview people", readStaff);
  return (
    <Tile
      title={w.people}
      href="#/people"
      loaded={loaded}
      tell={(staff: Account[]) => {
        const ending = staff.filter((one) => one.state === "active" && endsSoon(one)).length;
        const lines = [w.invited(staff.filter((one) => one.state === "invited").length), ending > 0 ? w.licences(ending) : ""];
        return { figure: w.active(staff.filter((one) => one.state === "active").length), lines, isBad: ending > 0 };
      }}
    />
  );
}

function tellBackups({ is_recorded, is_readable, last_made, last_checked }: Backups): Told {
  if (!is_recorded) return { figure: w.others, lines: [], isBad: false };
  if (!is_readable) return { figure: w.unknown, lines: [], isBad: true };
  return {
    figure: last_made === null ? w.never : w.made(agoOf(last_made.at)),
    lines: [last_checked === null ? w.unchecked : w.checked(agoOf(last_checked.at), last_checked.is_restorable)],
    isBad: isOld(last_made) || last_made?.is_complete === false || last_checked?.is_restorable === false,
  };
}

function AdminTiles() {
  const webhooks = useLoaded("overview webhooks", readWebhooks);
  const failed = useLoaded("overview failed", () => readNotifications(true, null));
  return (
    <>
      <Tile
        title={w.webhooks}
        href="#/webhooks"
        loaded={webhooks}
        tell={(found) => {
          const active = found.filter((one) => one.state === "active");
          const failing = active.filter((one) => one.failing_since !== null).length;
          const off = found.filter((one) => one.state === "off");
          const lines = [off.length > 0 ? w.off(off.length) : "", failing > 0 ? w.failing(failing) : ""];
          return { figure: found.length === 0 ? w.noWebhooks : w.arriving(active.length), lines, isBad: failing > 0 || off.some((one) => one.off_reason !== "by_admin") };
        }}
      />
      <Tile
        title={w.told}
        href="#/notices"
        loaded={failed}
        tell={({ items, next_cursor }) => ({ figure: items.length === 0 ? w.noneFailed : w.failed(items.length, next_cursor !== null), lines: [w.toldHint], isBad: items.length > 0 })}
      />
    </>
  );
}

export function Overview() {
  const { me } = useAdmin();
  const names = useNames();
  const backups = useLoaded("overview backups", readBackups);
  const notices = useLoaded("overview notices", () => readNotices(null));
  useRowFocus(notices.value !== null);
  return (
    <div>
      <Title label={w.title}>{w.title}</Title>
      <div class="tiles">
        <OnCallTile />
        <PeopleTile />
        <Tile title={w.backups} href="#/backups" loaded={backups} tell={tellBackups} />
        {isAdmin(me) && <AdminTiles />}
      </div>
      <section class="card">
        <div class="heading">
          <h2>{w.notices}</h2>
          <a data-row href="#/notices">{w.all}</a>
        </div>
        {notices.value === null && <Pending loaded={notices} />}
        {notices.value?.items.length === 0 && <p class="hint">{w.noNotices}</p>}
        <ul class="plain facts">
          {(notices.value?.items ?? []).slice(0, 5).map((one) => (
            <li key={one.id}>
              <span>
                {plain(one.event)}
                {one.actor_id && <> <span class="hint" dir="auto">{w.by(names(one.actor_id))}</span></>}
              </span>
              <time class="hint" dateTime={one.at}>{momentOf(one.at)}</time>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
