// How the dashboard is built: hashed files under /app/assets, a manifest for the size test, few files for the
// first view, fonts cut
// to the letters that are used, and brotli copies.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { brotli } from './build/brotli.ts'
import { FIRST_CHUNKS, firstFiles } from './build/first-files.ts'
import { subsetFonts } from './build/fonts.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/app/',
  plugins: [react(), firstFiles(), subsetFonts(), brotli()],
  cacheDir: fileURLToPath(new URL('../node_modules/.cache/vite', import.meta.url)),
  // The server replaces it by a new value in every answer, and names that value in the policy.
  html: { cspNonce: 'NONCE' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // A file of its own for every asset: the policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { output: { codeSplitting: { groups: FIRST_CHUNKS } } },
  },
})
