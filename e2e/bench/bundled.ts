import { join } from 'node:path'
import { build } from 'vite'
import { PROJECT } from '../build'
import { benchFile } from './lab'

/**
 * Compiles a TypeScript file beside this one, with what it imports of the project, to plain JavaScript, and returns its
 * path. What is compared with other programs must run as it runs in production: tsx, which runs everything else here,
 * wraps each function that is made, to keep its name, and that is a tenth of the time of a request.
 */
export async function bundled(name: string): Promise<string> {
  const folder = join(PROJECT, 'e2e', '.output', 'bench')
  await build({
    configFile: false,
    root: PROJECT,
    logLevel: 'warn',
    resolve: { alias: { '@': PROJECT.replace(/\/$/, '') } },
    build: {
      ssr: benchFile(name),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: '[name].mjs', format: 'es' } },
    },
  })
  return join(folder, name.replace(/\.ts$/, '.mjs'))
}
