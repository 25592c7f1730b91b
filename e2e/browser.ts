import { existsSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { runCommand } from './sandbox/command'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const ADVICE =
  'install Chromium (Debian: apt-get install chromium; elsewhere: npx playwright install chromium), or set ZOOLENS_CHROMIUM to its program'

/** For every launch: no requests of the browser's own, and no saving of power. */
export const CHROMIUM_FLAGS: readonly string[] = [
  // Root has no user namespace to build Chromium's sandbox from.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Measured times end at a painted frame, so frames must come although nobody looks.
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
]

/**
 * The program for Playwright's `executablePath`: ZOOLENS_CHROMIUM, else a browser of the machine, else Playwright's own;
 * when there is none, it is installed: by apt as root on Debian, else by Playwright.
 * @throws Error with one line that says what to do.
 */
export async function findChromium(): Promise<string> {
  const wanted = process.env.ZOOLENS_CHROMIUM
  if (wanted !== undefined && wanted !== '') {
    if (await isProgram(wanted)) return wanted
    throw new Error(`ZOOLENS_CHROMIUM names no program: ${wanted}`)
  }
  return (await installed()) ?? (await install())
}

async function installed(): Promise<string | null> {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  for (const program of [...onPath, ...PLACES, chromium.executablePath()]) {
    if (await isProgram(program)) return program
  }
  return null
}

async function install(): Promise<string> {
  const reasons: string[] = []
  for (const [name, attempt] of [
    ['apt', byApt],
    ['Playwright', byPlaywright],
  ] as const) {
    process.stderr.write(`No Chromium found; installing it by ${name}\n`)
    try {
      await attempt()
      const program = await installed()
      if (program !== null) return program
      reasons.push(`${name} left no browser`)
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new Error(`Chromium is missing (${reasons.join('; ')}): ${ADVICE}.`)
}

async function byApt(): Promise<void> {
  if (!existsSync('/etc/debian_version')) throw new Error('not Debian')
  if (process.getuid?.() !== 0) throw new Error('not root')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await runCommand('apt-get', ['update'], { timeoutMs: 180_000, env })
  await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { timeoutMs: 600_000, env })
}

async function byPlaywright(): Promise<void> {
  await runCommand('npx', ['playwright', 'install', 'chromium'], { timeoutMs: 600_000 })
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
