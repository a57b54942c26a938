/** Something that is shown once: a code, a secret. */
import { Dialog } from "../../../shared/office/basics.js";
import { t } from "../messages/index.js";

export interface ShownOnce {
  title: string;
  lead: string;
  secret: string;
  /** Until when it works, in words. */
  until?: string;
}

/** It is gone when the dialog is closed: nothing of it stays on the screen or on the computer. */
export function Once({ shown, onClose }: { shown: ShownOnce | null; onClose: () => void }) {
  if (shown === null) return null;
  return (
    <Dialog title={shown.title} onClose={onClose}>
      <p>{shown.lead}</p>
      <div class="shown once">
        <code>{shown.secret}</code>
      </div>
      {shown.until && <p class="hint">{shown.until}</p>}
      <button type="button" data-primary onClick={onClose}>
        {t.close}
      </button>
    </Dialog>
  );
}
