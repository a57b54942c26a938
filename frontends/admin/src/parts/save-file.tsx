/** Saving what was read as a file. */
import { useAct } from "../../../shared/office/hooks.js";
import { keepFile } from "../../../shared/office/ranges.js";
import { Alert } from "../../../shared/office/basics.js";

/** Let the browser keep a text as a file. */
export const saveFile = (name: string, type: string, text: string): void => keepFile(new Blob([text], { type }), name);

export function SaveButton({ label, kind = "", onSave }: { label: string; kind?: string; onSave: () => Promise<void> }) {
  const { isBusy, message, act } = useAct();
  return (
    <>
      <button type="button" class={kind} disabled={isBusy} onClick={() => void act(onSave)}>
        {label}
      </button>
      <Alert message={message} />
    </>
  );
}
