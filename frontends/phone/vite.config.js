import { defineConfig } from "vite";
import { serviceWorker } from "../shared/service-worker.mjs";

export default defineConfig({
  base: "./",
  plugins: [serviceWorker("journal", ["icon.svg", "manifest.webmanifest"])],
  oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" }, jsxInject: `import { h, Fragment } from "preact"` },
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
