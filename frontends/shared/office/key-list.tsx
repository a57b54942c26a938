/** The list of keys, and the switch for those that are a single character. */
import { useState } from "preact/hooks";
import { Dialog } from "./basics.js";
import { hasSingleKeys, setSingleKeys } from "./keys.js";
import { office } from "./office.js";

function Keys({ list }: { list: [string, string][] }) {
  return (
    <dl class="keys">
      {list.map(([keys, words]) => (
        <div key={keys}>
          <dt>
            {keys.split("  ").map((chord) => (
              <kbd key={chord}>{chord}</kbd>
            ))}
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

export function KeyList() {
  const { t } = office;
  const [isOn, setIsOn] = useState(hasSingleKeys());
  return (
    <>
      <label class="check">
        <input type="checkbox" checked={isOn} onChange={(event) => { setSingleKeys(event.currentTarget.checked); setIsOn(event.currentTarget.checked); }} />
        {t.keys.on}
      </label>
      <p class="hint">{t.keys.hint}</p>
      <Keys list={t.keys.list} />
      <p class="hint">{t.keys.always}</p>
      <Keys list={t.keys.everywhere} />
    </>
  );
}

export function KeysButton() {
  const { t } = office;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" class="link" data-keys onClick={() => setIsOpen(true)}>
        {t.keys.title}
      </button>
      {isOpen && (
        <Dialog title={t.keys.title} onClose={() => setIsOpen(false)}>
          <KeyList />
          <button type="button" data-primary onClick={() => setIsOpen(false)}>
            {t.close}
          </button>
        </Dialog>
      )}
    </>
  );
}
