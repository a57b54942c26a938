import { defineConfig } from "vite";
import { serviceWorker } from "../shared/service-worker.mjs";

/** What is drawn by many rooms, and no part of signing in. */
const COMMON = /src\/(core\/(clinic|people|programs|records|words)|parts\/(names|once|pages))\.tsx?$|shared\/office\/(ask|calls|fold|room|staff|roster\/calls)\.tsx?$/;

export default defineConfig({
  base: "./",
  plugins: [serviceWorker("admin", ["icon.svg", "manifest.webmanifest"])],
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" }, jsxInject: `import { h, Fragment } from "preact"` },
  resolve: { dedupe: ["idb", "preact", "@integration-journal/client"] },
  build: {
    outDir: "../../src/integration_api/web/front_ends/admin",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // As the desk: what several rooms use is one file, and each room is a file of its own (ADR 81).
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "common", test: COMMON, includeDependenciesRecursively: false }] } } },
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8000" } },
});
