import { defineConfig } from "vite";
import { serviceWorker } from "../shared/service-worker.mjs";

/** What is drawn by many rooms, and no part of signing in. */
const COMMON = /src\/(core\/(proof|things|staff|goals|custody|changes|layouts)|parts\/(ask|basics|who-sees|room|fold|diff|findings|change-words|request-state|note-files)|messages\/(words|en\/(chart|dose|effects|request|diff|files|who-sees)))\.tsx?$|shared\/(files|upload|office\/(ask|calls|fold|room|staff))\.tsx?$/;

export default defineConfig({
  base: "./",
  plugins: [serviceWorker("desk", ["icon.svg", "manifest.webmanifest"])],
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" }, jsxInject: `import { h, Fragment } from "preact"` },
  resolve: { dedupe: ["idb", "preact", "@integration-journal/client"] },
  build: {
    outDir: "../../src/integration_api/web/front_ends/desk",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // What several rooms use is one file, which the worklist brings with it; each room is a file of its own (ADR 81).
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "common", test: COMMON, includeDependenciesRecursively: false }] } } },
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8000" } },
});
