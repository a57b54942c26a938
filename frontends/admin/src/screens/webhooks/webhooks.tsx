/** The clinic's webhooks. */
import { useState } from "preact/hooks";
import { Ask, chosen, type Values } from "../../../../shared/office/ask.js";
import { useRowFocus } from "../../../../shared/office/basics.js";
import { useLoaded } from "../../../../shared/office/hooks.js";
import { momentOf, spoken } from "../../../../shared/office/messages.js";
import { Room } from "../../../../shared/office/room.js";
import { addWebhook, readPrograms, readWebhooks, type Program, type Webhook } from "../../core/programs.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/webhooks.js";
import { Once, type ShownOnce } from "../../parts/once.js";
import { addressFields, listeners } from "./form.js";

const w = spoken({ en });

const stateOf = (one: Webhook): string => (one.state === "off" ? [w.state[one.state], one.off_reason && w.off[one.off_reason]].filter(Boolean).join(": ") : w.state[one.state] ?? one.state);
const isBad = (one: Webhook): boolean => one.failing_since !== null || (one.state === "off" && one.off_reason !== "by_admin");

function Row({ one, programs }: { one: Webhook; programs: Program[] }) {
  return (
    <li>
      <a data-row href={`#/webhook/${one.id}`}>
        <span class="name" dir="ltr">{one.url}</span>
        <span class="roles hint">{[programs.find((program) => program.id === one.account_id)?.name, one.kinds.map(plain).join(", ")].filter(Boolean).join(": ")}</span>
        <span class={isBad(one) ? "tag bad" : "tag"}>{one.failing_since ? w.failing(momentOf(one.failing_since)) : stateOf(one)}</span>
      </a>
    </li>
  );
}

export function Webhooks() {
  const loaded = useLoaded("webhooks", async () => {
    const [webhooks, programs] = await Promise.all([readWebhooks(), readPrograms()]);
    return { webhooks, programs };
  });
  const [shown, setShown] = useState<ShownOnce | null>(null);
  useRowFocus(loaded.value !== null);
  const add = async ({ account_id = "", url = "", kinds }: Values, id: string): Promise<void> => {
    const { secret } = await addWebhook({ id, account_id, url, kinds: chosen(kinds) as never });
    await loaded.reload();
    setShown({ title: w.secret, lead: w.secretLead, secret });
  };
  const able = listeners(loaded.value?.programs ?? []);
  const tools = able.length > 0 && (
    <Ask label={w.add} kind="primary" send={w.addGo} fields={[{ name: "account_id", label: w.program, options: able.map((one) => [one.id, one.name]) }, ...addressFields(null)]} onSend={add} />
  );
  return (
    <Room title={w.title} hint={w.hint} loaded={loaded} back={<a href="#/programs">{w.back}</a>} tools={tools}>
      {({ webhooks, programs }) => (
        <>
          <section class="card">
            {webhooks.length === 0 && <p>{w.none}</p>}
            {able.length === 0 && (
              <p>
                <a href="#/accounts">{w.noPrograms}</a>
              </p>
            )}
            <ul class="plain rows">
              {webhooks.map((one) => <Row key={one.id} one={one} programs={programs} />)}
            </ul>
          </section>
          <Once shown={shown} onClose={() => setShown(null)} />
        </>
      )}
    </Room>
  );
}
