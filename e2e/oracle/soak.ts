import { parseArgs } from 'node:util'
import { type OracleOptions, runOracle } from './run'

/** npm run soak -- --minutes 10 --seed 1 --servers 5: prints what it did and found, and fails when it found anything. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    servers: { type: 'string', default: '3' },
    rate: { type: 'string', default: '300' },
    browsers: { type: 'string', default: '4' },
    verbose: { type: 'boolean', default: false },
  },
})

const startedAt = Date.now()
const since = (): string => `${((Date.now() - startedAt) / 60_000).toFixed(1)} min`
let minute = 0
const options: OracleOptions = {
  minutes: Number(values.minutes),
  seed: Number(values.seed),
  servers: values.servers === '5' ? 5 : 3,
  rate: Number(values.rate),
  browsers: Number(values.browsers),
  log(line) {
    if (values.verbose || /^[A-Z]{3}/.test(line)) console.log(`${since()}  ${line}`)
  },
  progress(report) {
    const now = Math.floor((Date.now() - startedAt) / 60_000)
    if (now === minute && !values.verbose) return
    minute = now
    console.log(`${since()}  ${report.line()}`)
  },
}
console.log(
  `seed ${options.seed}: to run it again, npm run soak -- --minutes ${options.minutes} --seed ${options.seed}`,
)
const report = await runOracle(options)
console.log(report.summary())
process.exit(report.failures.length === 0 ? 0 : 1)
