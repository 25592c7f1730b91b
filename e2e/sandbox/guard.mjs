// Ends what its parent left behind. Plain JavaScript: it must start at once, and without a loader, on every Node.
//
// It reads commands from stdin, one a line: "+process <pid>", "-process <pid>", "+folder <path>", "-folder <path>".
// The end of stdin means that the parent is gone, however it went, kill -9 included.
import { readFileSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'

const processes = new Map()
const folders = new Set()

// Ctrl-C reaches everything in the terminal's group; the guard has to outlive its parent.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

/** When the process was started, so that a pid used again is never mistaken for ours; '' where the system does not say. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const space = line.indexOf(' ')
  const what = line.slice(space + 1)
  const command = line.slice(0, space)
  if (command === '+process') processes.set(Number(what), startOf(Number(what)))
  else if (command === '-process') processes.delete(Number(what))
  else if (command === '+folder') folders.add(what)
  else if (command === '-folder') folders.delete(what)
})
lines.on('close', () => {
  for (const [pid, start] of processes) {
    if (startOf(pid) !== start) continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  // A server that is just dying may still write: rmSync tries again.
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  process.exit(0)
})
