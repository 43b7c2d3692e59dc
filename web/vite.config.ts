import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = 'http://127.0.0.1:8484'
const root = join(import.meta.dirname, '..')

/** Names the files of src/ that the page is made of, for scripts/setup.mjs: it is built anew when one of them is newer. */
const listSources: Plugin = {
  name: 'list-sources',
  writeBundle(options) {
    const used = [...this.getModuleIds()].filter((id) => id.startsWith(join(root, 'src')))
    writeFileSync(
      join(options.dir!, 'sources.json'),
      JSON.stringify(used.map((id) => relative(root, id)).sort()),
    )
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), listSources],
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
    // The words of the report, of treatments and of trials are the words of the page.
    fs: { allow: ['..'] },
  },
})
