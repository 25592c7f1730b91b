import type { ClientProgram } from './client-program'

/**
 * The program of a client, or why it cannot be had on this machine. Where everything has to be there, that is a failure:
 * where CI or ZOOLENS_REQUIRE_CLIENTS is set.
 */
export async function requireClient(
  name: string,
  program: () => Promise<ClientProgram>,
): Promise<ClientProgram | { readonly missing: string }> {
  try {
    return await program()
  } catch (error) {
    const missing = `${name} is not compared: ${error instanceof Error ? error.message : String(error)}`
    if (process.env.CI || process.env.ZOOLENS_REQUIRE_CLIENTS) throw new Error(missing)
    process.stderr.write(`${missing}\n`)
    return { missing }
  }
}
