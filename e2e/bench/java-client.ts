import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { guardFolder } from '../sandbox/cleanup'
import { runCommand } from '../sandbox/command'
import { findJava } from '../sandbox/java'
import { writeLoggerSettings } from '../sandbox/server-settings'
import { findZooKeeper } from '../sandbox/zookeeper-home'
import { benchFile } from './lab'
import { type Program, startProgram } from './program'

/**
 * Compiles Walk.java and starts it with the JVM's own settings.
 * @throws Error when there is no Java compiler: a runtime alone is enough for everything else.
 */
export async function startJavaClient(connect: string): Promise<Program> {
  const java = await findJava()
  const { jars } = await findZooKeeper()
  const folder = await mkdtemp(join(tmpdir(), 'zoolens-bench-java-'))
  guardFolder(folder)
  await writeLoggerSettings(folder)
  const classpath = [folder, ...jars].join(delimiter)
  const javac = basename(java) === java ? 'javac' : join(dirname(java), 'javac')
  await runCommand(javac, ['-cp', classpath, '-d', folder, benchFile('Walk.java')])
  // Of its own accord it takes no answer above 1 MB, and a long list has more.
  return startProgram(java, ['-Djute.maxbuffer=67108864', '-Dsandbox.log.level=OFF', '-cp', classpath, 'Walk', connect])
}
