import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { guardFolder, guardProcess, removeFolder } from './cleanup'
import { findJava } from './java'
import { writeLoggerSettings } from './server-settings'
import { findZooKeeper } from './zookeeper-home'

/** ZooKeeper's own command line, kept running: another client than ours, and one that people really use. */
export interface ZkCli {
  /**
   * Runs one command and resolves with what it printed.
   * @throws Error with what it complained of, such as "Node does not exist: /a".
   */
  run(command: string): Promise<string>
  close(): Promise<void>
}

/** Good news that the command line prints on stderr all the same (cli/CreateCommand.java, SetQuotaCommand.java). */
const NO_COMPLAINT = /^(Created |Comment: |absolute path is )/

/** Starts org.apache.zookeeper.ZooKeeperMain, what zkCli.sh starts, of the newest version at hand. Resolves when it is connected. */
export async function zkCli(connect: string): Promise<ZkCli> {
  const java = await findJava()
  const { jars } = await findZooKeeper()
  const folder = await mkdtemp(join(tmpdir(), 'zoolens-zkcli-'))
  guardFolder(folder)
  await writeLoggerSettings(folder)

  // Without JLine it reads plain lines and prints no prompt; errors alone may stand on stderr, so no log.
  const classpath = [folder, ...jars.filter((jar) => !/jline/.test(jar))].join(delimiter)
  const child = spawn(
    java,
    [
      '-Xmx128m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Dsandbox.log.level=OFF',
      '-cp',
      classpath,
      'org.apache.zookeeper.ZooKeeperMain',
      '-server',
      connect,
    ],
    { cwd: folder, stdio: 'pipe', detached: true },
  )
  guardProcess(child)
  const gone = once(child, 'exit')
  const output = collect(child)
  let marks = 0
  let last: Promise<unknown> = Promise.resolve()

  async function runNow(command: string): Promise<string> {
    // No prompt says that a command is done. What follows it does: a node that is missing, told on stderr, and a setting, on stdout.
    const mark = `/zoolens-mark-${++marks}`
    const done = output.until(/^printwatches is (on|off)$/m, new RegExp(`^.*${mark}\\b.*$`, 'm'))
    child.stdin.write(`${command}\nget ${mark}\nprintwatches\n`)
    const { stdout, stderr } = await done
    const complaints = stderr.split('\n').filter((line) => line.trim() !== '' && !NO_COMPLAINT.test(line))
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
    return `${stdout}${stderr}`.trim()
  }

  const run = (command: string) => {
    const result = last.then(() => runNow(command))
    last = result.catch(() => undefined)
    return result
  }
  await run('ls /')
  return {
    run,
    async close() {
      child.stdin.write('quit\n')
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await gone
      clearTimeout(timer)
      await removeFolder(folder)
    },
  }
}

/** Keeps what both streams said, and hands out what stood before a mark once both marks have come. */
function collect(child: ChildProcessWithoutNullStreams) {
  const text = { stdout: '', stderr: '' }
  let check: () => void = () => {}
  let ended = false
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
      check()
    })
  }
  child.once('exit', () => {
    ended = true
    check()
  })
  // A write after the end would be an uncaught error; the end itself is told to whoever waits.
  child.stdin.on('error', () => {})

  function take(name: 'stdout' | 'stderr', found: RegExpExecArray): string {
    const before = text[name].slice(0, found.index)
    text[name] = text[name].slice(found.index + found[0].length)
    return before
  }

  return {
    until: (stdoutMark: RegExp, stderrMark: RegExp) =>
      new Promise<{ stdout: string; stderr: string }>((resolve, reject) => {
        check = () => {
          const out = stdoutMark.exec(text.stdout)
          const err = stderrMark.exec(text.stderr)
          if (out !== null && err !== null) resolve({ stdout: take('stdout', out), stderr: take('stderr', err) })
          else if (ended) reject(new Error(`zkCli ended: ${text.stderr.slice(-500)}`))
        }
        check()
      }),
  }
}
