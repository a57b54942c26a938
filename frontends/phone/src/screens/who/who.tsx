/** Who can see a thing now, and why, in plain sentences. Asking is no reading of it. */
import { unwrap } from "@integration-journal/client";
import { useEntries } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useOnline } from "../../journal/online.js";
import type { Viewer } from "../../journal/types.js";
import { momentOf, t } from "../../messages/index.js";
import { l } from "../../messages/later.js";
import { r } from "../../messages/rooms.js";
import { Title } from "../../parts/basics.js";
import { isShared } from "../share/share.js";

const w = l.who;
const READ: Record<string, (id: string) => Promise<Viewer[]>> = {
  entry: async (reflection_id) => (await unwrap(journal.client.http.GET("/v1/reflections/{reflection_id}/visibility", { params: { path: { reflection_id } } }))).data.viewers,
  note: async (note_id) => (await unwrap(journal.client.http.GET("/v1/notes/{note_id}/visibility", { params: { path: { note_id } } }))).data.viewers,
  plan: async (plan_id) => (await unwrap(journal.client.http.GET("/v1/plans/{plan_id}/visibility", { params: { path: { plan_id } } }))).data.viewers,
};

/** Why somebody else sees it. What this app has no words for is said as the API says it. */
function whyOf(viewer: Viewer, isMine: boolean): string {
  const words = viewer.rules.map((rule) => (rule === "shared" && !isMine ? w.ofOthers[rule] : w.rules[rule]));
  const basis = w.basis[viewer.basis];
  return basis === undefined || words.includes(undefined) ? viewer.explanation : [basis, ...words].join(" ");
}

function Person({ viewer, isMine }: { viewer: Viewer; isMine: boolean }) {
  const roles = viewer.roles.map((role) => w.roles[role]).filter(Boolean).join(", ");
  return (
    <li class="card">
      <strong>{viewer.name ?? w.patient}</strong>
      {roles !== "" && <span class="hint">{` ${roles}`}</span>}
      <p>{whyOf(viewer, isMine)}</p>
      {viewer.ends_at !== null && <p class="hint">{w.until(momentOf(viewer.ends_at))}</p>}
    </li>
  );
}

export function Who({ kind, id }: { kind: string; id: string }) {
  const entry = useEntries().find((one) => one.id === id);
  const isHere = kind === "entry" && entry?.stored === null;
  const read = READ[kind];
  const { value, isMissing } = useOnline<Viewer[]>(`who ${kind} ${id} ${isHere}`, async () => (isHere || read === undefined ? [] : await read(id)));
  const others = value?.filter((viewer) => !viewer.is_you) ?? [];
  const release = entry?.where === "shared-later" ? entry.stored?.release_at : null;
  return (
    <>
      <Title>{w.title}</Title>
      {isHere ? (
        <>
          <p>{w.phone}</p>
          {isShared(entry) && <p>{w.deciding}</p>}
        </>
      ) : (
        <>
          <p role="status">{value !== null ? (others.length === 0 ? w.onlyYou : w.youAnd(others.length)) : isMissing ? r.offline : t.loading}</p>
          {release && <p>{w.later(momentOf(release))}</p>}
          <ul class="plain">
            {others.map((viewer) => (
              <Person key={viewer.account_id} viewer={viewer} isMine={kind === "entry"} />
            ))}
          </ul>
          {value !== null && (
            <p class="hint">
              {w.never} <a href="#/access">{w.log}</a>
            </p>
          )}
        </>
      )}
      <p>
        <a href={`#/${kind}/${id}`}>{t.back}</a>
      </p>
    </>
  );
}
