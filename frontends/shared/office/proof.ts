/** A fresh proof of who works here, asked for when the API wants one. */
import { Problem, usePasskey } from "@integration-journal/client";
import { office } from "./office.js";

let askPerson: (() => Promise<boolean>) | null = null;

/** Let a dialog ask. It resolves to false if the person stops. */
export function askThrough(dialog: (() => Promise<boolean>) | null): void {
  askPerson = dialog;
}

/** Do something; if it needs a fresh proof, ask for one and do it again. Raises Problem if the person stops. */
export async function withProof<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || !error.needsStepUp || askPerson === null) throw error;
    if (!(await askPerson())) throw error;
    return await work();
  }
}

export async function proveByCode(code: string): Promise<void> {
  await office.client.auth.stepUp({ totp_code: code });
}

export async function proveByPasskey(): Promise<void> {
  await office.client.auth.stepUp({ credential: (await usePasskey(await office.client.auth.passkeyOptions())) as never });
}
