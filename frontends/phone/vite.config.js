import { defineConfig } from "vite";
import { serviceWorker } from "../shared/service-worker.mjs";

/** What JSX becomes is imported in the files that have JSX alone: a file of messages stays without the framework. */
const jsx = {
  name: "jsx",
  enforce: "pre",
  transform: (code, id) => (id.endsWith(".tsx") ? `import { h, Fragment } from "preact";\n${code}` : null),
};

export default defineConfig({
  base: "./",
  plugins: [jsx, serviceWorker("journal", ["icon.svg", "manifest.webmanifest"], [new URL("push.js", import.meta.url)])],
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
  resolve: { dedupe: ["idb", "preact", "@integration-journal/client"] },
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
