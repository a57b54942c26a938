/** The messages of the screens that load when they are opened, in other languages: a file of each, which loads before them. */
import { other } from "./index.js";
import type { Later } from "./later-en.js";

const OTHERS: Record<string, () => Promise<{ later: Later }>> = { ar: () => import("./later-ar.js"), es: () => import("./later-es.js") };

export async function laterWords(): Promise<void> {
  const load = OTHERS[document.documentElement.lang];
  if (other && load) other.later ??= (await load()).later;
}
