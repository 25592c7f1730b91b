import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * A folder of the user's cache, made once. It appears under its name only when `fill` has succeeded, by a rename, so
 * neither a broken download nor two runs at the same time leave half a folder behind.
 * @returns its absolute path.
 */
export async function cachedFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const root = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'zoolens')
  const folder = join(root, name)
  if (existsSync(folder)) return folder

  await mkdir(root, { recursive: true })
  const draft = await mkdtemp(join(root, `.${name}-`))
  try {
    await fill(draft)
    await rename(draft, folder).catch((error: unknown) => {
      // Somebody else was faster: theirs is as good.
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}
