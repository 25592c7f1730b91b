import { connect } from '@/lib/zookeeper/connect'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session } from '@/lib/zookeeper/session'
import { seedContent } from './content'

export const BIG_FOLDER = '/catalog/products'

/** Creates of one transaction: far below jute.maxbuffer, 1 MB, and few enough not to hold up other clients. */
const BATCH = 500

/** Makes the content once; what is there already stays as it is, so it may be run again after a failure. */
export async function seed(options: {
  readonly connect: string
  readonly jobs: readonly string[]
  readonly services: readonly string[]
  /** Children of {@link BIG_FOLDER}. */
  readonly bigFolder: number
}): Promise<void> {
  const session = connect({ connect: options.connect })
  try {
    for (const [path, data] of seedContent(options.jobs, options.services)) await createOnce(session, path, data)
    await fillBigFolder(session, options.bigFolder)
  } finally {
    await session.close()
  }
}

async function createOnce(session: Session, path: string, data: Buffer | null): Promise<void> {
  await session.create(path, data).catch((error: unknown) => {
    if (!isZooKeeperError(error) || error.code !== 'NodeExists') throw error
  })
}

/** In order and all or nothing by batch, so the number of children says where to go on. */
async function fillBigFolder(session: Session, count: number): Promise<void> {
  const stat = await session.exists(BIG_FOLDER)
  for (let from = stat?.numChildren ?? 0; from < count; from += BATCH) {
    const names = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => from + index)
    await session.multi(
      names.map((number) => ({
        type: 'create',
        path: `${BIG_FOLDER}/sku-${String(number).padStart(6, '0')}`,
        data: Buffer.from(`{"sku": ${number}, "cents": ${199 + ((number * 37) % 9_000)}}`),
      })),
    )
  }
}
