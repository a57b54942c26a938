import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { defineConfig } from "vite";

/** Write `sw.js` with the list of what was built, so that the whole app is there offline. */
const serviceWorker = {
  name: "service-worker",
  apply: "build",
  async generateBundle(_, bundle) {
    const built = Object.keys(bundle).filter((name) => name !== "index.html");
    const list = ["./", ...built, "manifest.webmanifest", "icon.svg"].sort();
    const page = bundle["index.html"]?.source ?? "";
    const version = createHash("sha256").update(JSON.stringify(list)).update(page).digest("hex").slice(0, 12);
    const template = await readFile(new URL("src/sw.js", import.meta.url), "utf8");
    const source = template.replace('"ASSETS"', JSON.stringify(list)).replace("VERSION", version);
    this.emitFile({ type: "asset", fileName: "sw.js", source });
  },
};

export default defineConfig({
  base: "./",
  plugins: [serviceWorker],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../src/integration_api/web/front_ends/phone",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8000" } },
});
