import { ensureBuild } from './build'

/** Before any worker: two that found no build would both make it. */
export default async function build(): Promise<void> {
  await ensureBuild((line) => process.stderr.write(`${line}\n`))
}
