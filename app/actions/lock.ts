'use server'

import { z } from 'zod'
import { askToRelease as revoke } from '@/lib/ensemble/ask-to-release'
import { defineAction } from '@/lib/server/define-action'
import { pathSchema } from '@/lib/server/define-route'
import { hexSchema, versionSchema } from '@/lib/server/write-schemas'
import type { Result } from '@/lib/znode/app-error'
import { fromHex, type StatJson, statToJson } from '@/lib/znode/stat'

const releaseSchema = z.strictObject({
  cluster: z.string().max(63),
  path: pathSchema,
  version: versionSchema,
  czxid: hexSchema,
  mzxid: hexSchema,
})

const release = defineAction('askToRelease', releaseSchema, async (ensemble, input) => {
  const stat = await revoke(ensemble, input.path, {
    version: input.version,
    czxid: fromHex(input.czxid),
    mzxid: fromHex(input.mzxid),
  })
  return { stat: statToJson(stat) }
})

/** Asks the owner of a revocable Curator lock to release it: the znode must still be the one that the person saw. */
export async function askToRelease(input: z.infer<typeof releaseSchema>): Promise<Result<{ stat: StatJson }>> {
  return release(input)
}
