import { defineConfig } from 'vitest/config';

/** The output lies where Maven packs it into the jar. */
export default defineConfig({
  cacheDir: '../target/preview-cache',
  build: {
    outDir: '../target/classes/preview',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': 'http://127.0.0.1:3000' },
  },
});
