import { defineConfig } from "vite";

/** The script and the style of a saved view: one file each, to be put into one page. */
export default defineConfig({
  build: {
    outDir: "../assets", emptyOutDir: false, target: "es2022", copyPublicDir: false, modulePreload: { polyfill: false },
    rollupOptions: {
      input: "src/offline.ts",
      output: { entryFileNames: "offline.js", assetFileNames: "offline[extname]", codeSplitting: false },
    },
  },
});
