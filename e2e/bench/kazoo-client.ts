import { cachedFolder } from '../sandbox/cache-folder'
import { runCommand } from '../sandbox/command'
import { benchFile } from './lab'
import { type Program, startProgram } from './program'

const KAZOO = '2.11.0'

/** Installs kazoo, for us alone, and starts walk.py. @throws Error in one line when there is no Python, or no pip. */
export async function startKazooClient(connect: string): Promise<Program> {
  const folder = await cachedFolder(`kazoo-${KAZOO}`, async (draft) => {
    const install = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--target',
      draft,
      `kazoo==${KAZOO}`,
    ]
    await runCommand('python3', install, { timeoutMs: 180_000 })
  })
  return startProgram('env', [`PYTHONPATH=${folder}`, 'python3', benchFile('walk.py'), connect])
}
