/** Who was told of what: one's own notices, and what was sent beyond the app. */
import { useState } from "preact/hooks";
import { Pending, Title } from "../../../../shared/office/basics.js";
import { momentOf, spoken } from "../../../../shared/office/messages.js";
import { Table } from "../../../../shared/office/room.js";
import { useAdmin } from "../../core/admin.js";
import { isAdmin } from "../../core/pages.js";
import { readNotices, readNotifications, type Notification } from "../../core/records.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/notices.js";
import { useActors } from "../../parts/names.js";
import { More, usePages } from "../../parts/pages.js";

const w = spoken({ en });
type Names = (id: string | null) => string;

function Yours({ names }: { names: Names }) {
  const pages = usePages("notices", readNotices);
  return (
    <section class="card">
      <h2>{w.yours}</h2>
      <p class="hint">{w.yoursHint}</p>
      {pages.value === null && <Pending loaded={pages} />}
      {pages.value?.items.length === 0 && <p>{w.none}</p>}
      <ul class="plain facts">
        {(pages.value?.items ?? []).map((one) => (
          <li key={one.id}>
            <span>
              {plain(one.event)}
              <span class="hint" dir="auto">{[one.to_role ? ` ${w.toRole(plain(one.to_role))}` : "", one.actor_id ? ` ${w.by(names(one.actor_id))}` : ""].filter(Boolean).join(",")}</span>
            </span>
            <time class="hint" dateTime={one.at}>{momentOf(one.at)}</time>
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </section>
  );
}

const outcome = (one: Notification): string =>
  [w.state[one.state] ?? one.state, one.attempts > 0 ? w.tries(one.attempts) : "", one.last_means ? plain(one.last_means).toLowerCase() : "", one.last_error ? plain(one.last_error).toLowerCase() : ""].filter(Boolean).join(", ");

function Told({ names }: { names: Names }) {
  const [isFailed, setIsFailed] = useState(false);
  const pages = usePages(`notifications ${isFailed}`, (cursor) => readNotifications(isFailed, cursor));
  return (
    <section class="card">
      <h2>{w.told}</h2>
      <p class="hint">{w.toldHint}</p>
      <label class="check">
        <input type="checkbox" checked={isFailed} onChange={(event) => setIsFailed(event.currentTarget.checked)} /> {w.failedOnly}
      </label>
      {pages.value === null && <Pending loaded={pages} />}
      {pages.value?.items.length === 0 && <p>{isFailed ? w.noneFailed : w.noneTold}</p>}
      {pages.value !== null && pages.value.items.length > 0 && (
        <Table label={w.told} heads={w.heads}>
          {pages.value.items.map((one) => (
            <tr key={one.id}>
              <th scope="row"><time dateTime={one.created_at}>{momentOf(one.created_at)}</time></th>
              <td dir="auto">{one.account_id === null ? w.patient : names(one.account_id)}</td>
              <td>{w.kind[one.kind] ?? plain(one.kind)}</td>
              <td class={one.state === "failed" ? "late" : ""}>{outcome(one)}</td>
            </tr>
          ))}
        </Table>
      )}
      <More pages={pages} />
    </section>
  );
}

export function Notices() {
  const { me } = useAdmin();
  const names = useActors();
  return (
    <div>
      <p class="eyebrow"><a href="#/records">{w.back}</a></p>
      <Title label={w.title}>{w.title}</Title>
      {isAdmin(me) && <Told names={names} />}
      <Yours names={names} />
    </div>
  );
}
