import { defineConfig } from "vite";

/** `KG_SERVER` is where a running `kg serve` answers while one develops. */
const server = process.env["KG_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/assets/",
  build: {
    outDir: "../assets", emptyOutDir: true, assetsDir: ".", assetsInlineLimit: 0, target: "es2022", modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  worker: { format: "es" },
  server: { proxy: { "/api": server, "/sparql": server, "/store": server, "/id": server } },
});
