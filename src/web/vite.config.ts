import react from '@vitejs/plugin-react'
import { constants } from 'node:zlib'
import { compression } from 'vite-plugin-compression2'
import { defineConfig } from 'vitest/config'

// The server sends these files as they lie here: compressed ahead, hashed names kept for ever by browsers.
export default defineConfig({
  plugins: [
    react(),
    compression({
      algorithms: [
        ['gzip', { level: 9 }],
        ['brotliCompress', { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }],
      ] as never,
      include: /\.(js|css|html|svg)$/,
      threshold: 1024,
    }),
  ],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { proxy: { '/graphql': 'http://localhost:5080', '/jobs': 'http://localhost:5080' } },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
})
