/** A plugin for Vite: it writes `sw.js` with the list of what was built, so that the whole app is there offline. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/**
 * `name` begins the names of the app's caches, which other apps of the same origin leave alone. `more` are files of its own
 * that its service worker has besides.
 */
export function serviceWorker(name, extra, more = []) {
  return {
    name: "service-worker",
    apply: "build",
    async generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((file) => file !== "index.html");
      const list = ["./", ...built, ...extra].sort();
      const page = bundle["index.html"]?.source ?? "";
      const version = createHash("sha256").update(JSON.stringify(list)).update(page).digest("hex").slice(0, 12);
      const parts = await Promise.all([new URL("sw.js", import.meta.url), ...more].map((file) => readFile(file, "utf8")));
      const template = parts.join("\n");
      const source = template.replace('"ASSETS"', JSON.stringify(list)).replaceAll("PREFIX", name).replace("VERSION", version);
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}
