/** What is not sent, and why; in sight on every screen. */
import { useState } from "preact/hooks";
import { useDesk } from "../core/hooks.js";
import { t } from "../messages/index.js";
import { SignInForm } from "../screens/sign-in/sign-in.js";
import { Dialog } from "./basics.js";

export function Status() {
  const { phase, isReached, drafts, holder } = useDesk();
  const [isOpen, setIsOpen] = useState(false);
  const count = new Set(drafts.map((draft) => draft.thing)).size;
  const words = [phase === "ended" ? t.status.ended : isReached ? "" : t.status.offline, count > 0 ? t.status.drafts(count) : ""].filter(Boolean);
  return (
    <div class={words.length > 0 ? "status" : "status calm"}>
      <p role="status">{words.join(" ")}</p>
      {phase === "ended" && (
        <button type="button" class="primary small" onClick={() => setIsOpen(true)}>
          {t.status.signIn}
        </button>
      )}
      {isOpen && (
        <Dialog title={t.signIn.title} onClose={() => setIsOpen(false)}>
          <p>{t.signIn.again(holder?.name ?? holder?.email ?? "")}</p>
          <SignInForm onDone={() => setIsOpen(false)} />
        </Dialog>
      )}
    </div>
  );
}
