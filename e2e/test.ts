import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What `npm test` runs, cheapest first; it stops at the first that fails. */
const STEPS: readonly (readonly [name: string, script: string])[] = [
  ['lint', 'lint'],
  ['types', 'typecheck'],
  ['dead code', 'knip'],
  ['unit and property tests', 'test:unit'],
  ['integration tests against real ZooKeeper servers', 'test:integration'],
  ['a person in a real browser', 'test:e2e'],
  ['size of the first load', 'size'],
]

/** knip's own parser needs it; everything else runs on the oldest Node that we support. */
const KNIP_NEEDS = [20, 19] as const
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const tooOldForKnip = major < KNIP_NEEDS[0] || (major === KNIP_NEEDS[0] && minor < KNIP_NEEDS[1])

for (const [name, script] of STEPS) {
  if (script === 'knip' && tooOldForKnip) {
    process.stdout.write(
      `\n== ${name}: not run, knip needs Node ${KNIP_NEEDS.join('.')} and this is ${process.version}\n`,
    )
    continue
  }
  const started = Date.now()
  process.stdout.write(`\n== ${name}\n`)
  const child = spawn('npm', ['run', '--silent', script], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) {
    process.stdout.write(`== ${name}: failed\n`)
    process.exit(code ?? 1)
  }
  process.stdout.write(`== ${name}: passed in ${Math.round((Date.now() - started) / 1000)} s\n`)
}
