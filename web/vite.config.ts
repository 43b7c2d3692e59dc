import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:8484'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 5173,
    proxy: {
      '/api': server,
      '/cds-services': server,
      '/fhir': server,
      '/sign-in': server,
      '/interaction': server,
      '/oidc': server,
    },
    // The words of the report (src/deliver/page) are the words of the page.
    fs: { allow: ['..'] },
  },
})
