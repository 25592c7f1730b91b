const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5000

/**
 * Loads a part of the page, and goes on trying while the server is away: React.lazy never forgets a failure, so that a
 * restart of Zoolens in the wrong moment would cost the person the whole page. Any other failure is thrown.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await load()
    } catch (error) {
      if ((error as Error).name !== 'ChunkLoadError') throw error
      await new Promise((again) => setTimeout(again, pause))
    }
  }
}
