/**
 * Runs `read` after each call, but never twice at a time and never more often than every `gapMs`: a znode that changes a
 * thousand times a second costs a few reads, and a read always begins after the last call, so the last state is seen.
 */
export function createRefresher(read: () => Promise<unknown>, gapMs = 100) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy = false
  let wanted = false
  let stopped = false

  async function run() {
    busy = true
    wanted = false
    // What went wrong is shown by whoever shows the read; the next change tries again.
    await read().catch(() => undefined)
    timer = setTimeout(() => {
      busy = false
      if (wanted && !stopped) void run()
    }, gapMs)
  }

  return {
    refresh(): void {
      wanted = true
      if (!busy && !stopped) void run()
    },
    stop(): void {
      stopped = true
      clearTimeout(timer)
    },
  }
}
