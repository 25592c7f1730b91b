'use server'

import { z } from 'zod'
import { createPersistent, deleteNode as removeNode, writeData } from '@/lib/ensemble/writes'
import { defineAction } from '@/lib/server/define-action'
import { pathSchema } from '@/lib/server/define-route'
import { hexSchema, versionSchema } from '@/lib/server/write-schemas'
import type { Result } from '@/lib/znode/app-error'
import { fromHex, type StatJson, statToJson, toHex } from '@/lib/znode/stat'

const target = { cluster: z.string().max(63), path: pathSchema }
const data = z.union([z.null(), z.instanceof(Uint8Array)])
const seen = { version: versionSchema, czxid: hexSchema, mzxid: hexSchema }

const setSchema = z.strictObject({ ...target, ...seen, data })
const createSchema = z.strictObject({ ...target, data })
const deleteSchema = z.strictObject({ ...target, ...seen })

const buffer = (bytes: Uint8Array | null): Buffer | null => (bytes === null ? null : Buffer.from(bytes))

const set = defineAction('setNodeData', setSchema, async (ensemble, input) => {
  const stat = await writeData(ensemble, input.path, buffer(input.data), {
    version: input.version,
    czxid: fromHex(input.czxid),
    mzxid: fromHex(input.mzxid),
  })
  return { stat: statToJson(stat) }
})

const create = defineAction('createNode', createSchema, async (ensemble, input) => {
  const { path, stat } = await createPersistent(ensemble, input.path, buffer(input.data))
  return { path, stat: statToJson(stat) }
})

const remove = defineAction('deleteNode', deleteSchema, async (ensemble, input) => {
  const { zxid } = await removeNode(ensemble, input.path, {
    version: input.version,
    czxid: fromHex(input.czxid),
    mzxid: fromHex(input.mzxid),
  })
  return { zxid: toHex(zxid) }
})

/** Replaces the data of the znode that the person saw: its version, czxid and mzxid must still be the same. */
export async function setNodeData(input: z.infer<typeof setSchema>): Promise<Result<{ stat: StatJson }>> {
  return set(input)
}

/** Creates a persistent znode, open to everybody. */
export async function createNode(
  input: z.infer<typeof createSchema>,
): Promise<Result<{ path: string; stat: StatJson }>> {
  return create(input)
}

/** Deletes the childless znode that the person saw. */
export async function deleteNode(input: z.infer<typeof deleteSchema>): Promise<Result<{ zxid: string }>> {
  return remove(input)
}
