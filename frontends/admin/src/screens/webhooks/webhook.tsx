/** One webhook: its state, and what became of its messages. */
import { useState } from "preact/hooks";
import { Ask, chosen } from "../../../../shared/office/ask.js";
import { Alert, Pending, SureButton } from "../../../../shared/office/basics.js";
import { NotSent, useAct, useLoaded, type Loaded } from "../../../../shared/office/hooks.js";
import { agoOf, momentOf, spoken } from "../../../../shared/office/messages.js";
import { withProof } from "../../../../shared/office/proof.js";
import { Facts, Room, Table } from "../../../../shared/office/room.js";
import { changeWebhook, readDeliveries, readPrograms, readWebhooks, replayWebhook, rotateWebhook, testWebhook, type Delivery, type Program, type Webhook } from "../../core/programs.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/webhooks.js";
import { t } from "../../messages/index.js";
import { Once, type ShownOnce } from "../../parts/once.js";
import { More, usePages } from "../../parts/pages.js";
import { addressFields } from "./form.js";

const w = spoken({ en });

/** One webhook and its program. The API lists webhooks, and reads none alone. */
interface Opened {
  webhook: Webhook;
  program: Program | null;
}
async function readWebhook(id: string): Promise<Opened> {
  const [webhooks, programs] = await Promise.all([readWebhooks(), readPrograms()]);
  const webhook = webhooks.find((one) => one.id === id);
  if (webhook === undefined) throw new NotSent(t.problem.notFound);
  return { webhook, program: programs.find((one) => one.id === webhook.account_id) ?? null };
}

const outcome = (one: Delivery): string =>
  [
    w.delivery[one.state] ?? one.state,
    one.attempts > 0 ? w.tries(one.attempts) : "",
    one.last_status ? w.status(one.last_status) : "",
    one.last_error ? plain(one.last_error).toLowerCase() : "",
    one.state === "pending" ? w.next(agoOf(one.due_at)) : "",
  ].filter(Boolean).join(", ");

function Deliveries({ id, said }: { id: string; said: (text: string) => void }) {
  const pages = usePages(`deliveries ${id}`, (cursor) => readDeliveries(id, cursor));
  const replay = async (position: string | undefined): Promise<void> => {
    await replayWebhook(id, Number(position));
    said(w.replayed);
    await pages.reload();
  };
  return (
    <section class="card">
      <div class="heading">
        <h2>{w.deliveries}</h2>
        <div class="row">
          <button type="button" class="small" onClick={() => void pages.reload()}>{w.reread}</button>
          <Ask
            label={w.replay}
            kind="small"
            send={w.replayGo}
            lead={w.replayLead}
            fields={[{ name: "position", label: w.position, type: "number", value: String(Math.max(0, (pages.value?.items.at(-1)?.position ?? 1) - 1)) }]}
            onSend={({ position }) => replay(position)}
          />
        </div>
      </div>
      {pages.value === null && <Pending loaded={pages} />}
      {pages.value?.items.length === 0 && <p>{w.noDeliveries}</p>}
      {pages.value !== null && pages.value.items.length > 0 && (
        <Table label={w.deliveries} heads={w.heads}>
          {pages.value.items.map((one) => (
            <tr key={one.id}>
              <th scope="row"><time dateTime={one.created_at}>{momentOf(one.created_at)}</time></th>
              <td class="number">{one.position}</td>
              <td>{plain(one.kind)}</td>
              <td class={one.state === "failed" ? "late" : ""}>{outcome(one)}</td>
            </tr>
          ))}
        </Table>
      )}
      <More pages={pages} />
    </section>
  );
}

function Card({ webhook, program, loaded, said }: Opened & { loaded: Loaded<Opened>; said: (text: string) => void }) {
  const [shown, setShown] = useState<ShownOnce | null>(null);
  const { isBusy, message, act } = useAct();
  const change = async (body: Parameters<typeof changeWebhook>[1]): Promise<void> => loaded.set({ webhook: await changeWebhook(webhook, body), program });
  const rotate = async (): Promise<void> => {
    const { secret, ...changed } = await withProof(() => rotateWebhook(webhook));
    loaded.set({ webhook: changed, program });
    setShown({ title: w.secret, lead: w.secretLead, secret });
  };
  const isOff = webhook.state === "off";
  return (
    <section class={webhook.failing_since || (isOff && webhook.off_reason !== "by_admin") ? "card warning" : "card"}>
      <Facts
        facts={[
          [w.program, program?.name],
          [w.kinds, webhook.kinds.map(plain).join(", ")],
        ]}
      />
      <p class="lead">{isOff ? [w.state["off"], webhook.off_reason && w.off[webhook.off_reason]].filter(Boolean).join(": ") : w.state[webhook.state]}</p>
      {webhook.failing_since && <p class="late">{w.failing(momentOf(webhook.failing_since))}</p>}
      <div class="row">
        {isOff ? (
          <button type="button" class="primary" disabled={isBusy} onClick={() => void act(() => withProof(() => change({ state: "active" })))}>{w.resume}</button>
        ) : (
          <SureButton label={w.pause} question={w.pauseSure} yes={w.pause} onSure={() => void act(() => withProof(() => change({ state: "off" })))} />
        )}
        <Ask label={w.change} send={w.changeGo} fields={addressFields(webhook)} onSend={({ url = "", kinds }) => change({ url, kinds: chosen(kinds) as never })} />
        <SureButton label={w.rotate} question={w.rotateSure} yes={w.rotate} onSure={() => void act(rotate)} />
        {!isOff && <button type="button" disabled={isBusy} onClick={() => void act(async () => { said(""); await testWebhook(webhook.id); said(w.tested); })}>{w.test}</button>}
      </div>
      <Alert message={message} />
      <Once shown={shown} onClose={() => setShown(null)} />
    </section>
  );
}

export function WebhookScreen({ id }: { id: string }) {
  const loaded = useLoaded(`webhook ${id}`, () => readWebhook(id));
  const [told, setTold] = useState("");
  return (
    <Room title={loaded.value?.webhook.url ?? w.title} loaded={loaded} back={<a href="#/webhooks">{w.backToList}</a>}>
      {(opened) => (
        <>
          <Card {...opened} loaded={loaded} said={setTold} />
          <p role="status">{told}</p>
          <Deliveries id={id} said={setTold} />
        </>
      )}
    </Room>
  );
}
