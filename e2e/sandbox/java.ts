import { join } from 'node:path'
import { runCommand } from './command'

let found: Promise<string> | undefined

/**
 * The `java` to run: of JAVA_HOME, else of PATH.
 * @throws Error with one line that says what to install.
 */
export function findJava(): Promise<string> {
  found ??= search()
  return found
}

async function search(): Promise<string> {
  const home = process.env.JAVA_HOME
  const candidates = home === undefined || home === '' ? ['java'] : [join(home, 'bin', 'java'), 'java']
  for (const java of candidates) {
    const works = await runCommand(java, ['-version']).then(
      () => true,
      () => false,
    )
    if (works) return java
  }
  throw new Error(
    'Java is missing: install a JDK or JRE, 11 or newer (Debian: apt-get install default-jre-headless), or set JAVA_HOME.',
  )
}
