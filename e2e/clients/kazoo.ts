import { fileURLToPath } from 'node:url'
import { cachedFolder } from '../sandbox/cache-folder'
import { runCommand } from '../sandbox/command'
import type { ClientProgram } from './client-program'

/** The benchmark walks with the same one. */
const KAZOO = '2.11.0'
const SOURCE = fileURLToPath(new URL('kazoo/kazoo_client.py', import.meta.url))

/** kazoo by pip, for us alone. @throws Error in one line when there is no Python, or no pip. */
export async function kazooProgram(): Promise<ClientProgram> {
  const folder = await cachedFolder(`kazoo-${KAZOO}`, async (draft) => {
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', draft]
    await runCommand('python3', [...install, `kazoo==${KAZOO}`], { timeoutMs: 180_000 })
  })
  return { name: `kazoo ${KAZOO}`, command: 'python3', args: [SOURCE], env: { PYTHONPATH: folder } }
}
