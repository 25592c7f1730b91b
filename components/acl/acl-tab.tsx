'use client'

import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { toAppError } from '@/lib/queries/get-json'
import { aclQuery } from '@/lib/queries/node'
import type { AclResponse } from '@/lib/queries/responses'
import { ACL_COLUMNS, ACL_LABEL, EMPTY_ID, NO_EVENT, READ_AGAIN, READING } from '@/lib/text/acl'
import { aclEntryInWords } from '@/lib/text/acl-words'
import { permissionLetters } from '@/lib/znode/acl'

/** Who may do what with the znode: each entry as ZooKeeper keeps it and as a sentence. */
export default function AclTab({ cluster, path }: { cluster: string; path: string }) {
  const { data, error, refetch, isFetching } = useQuery(aclQuery(cluster, path))
  const again = (
    <Button size="small" disabled={isFetching} onClick={() => void refetch()}>
      {READ_AGAIN}
    </Button>
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={ACL_LABEL} tabIndex={0} className="min-h-0 flex-1 overflow-auto px-4 py-3 -outline-offset-2">
      {error !== null && <ErrorPanel error={toAppError(error)} actions={again} className="mb-3" />}
      {data === undefined ? error === null && <p className="text-ink-3">{READING}</p> : <AclTable acl={data.acl} />}
      {error === null && (
        <p className="mt-3 flex flex-wrap items-center gap-3 text-ink-3">
          {NO_EVENT}
          {again}
        </p>
      )}
    </section>
  )
}

function AclTable({ acl }: { acl: AclResponse['acl'] }) {
  const head = 'border-b border-line-soft py-1.5 pr-4 text-left text-xs font-medium text-ink-2'
  const cell = 'border-b border-line-soft py-1.5 pr-4 align-top'
  return (
    <table className="w-full border-collapse">
      <thead>
        <tr>
          <th className={head}>{ACL_COLUMNS.scheme}</th>
          <th className={head}>{ACL_COLUMNS.id}</th>
          <th className={head}>{ACL_COLUMNS.permissions}</th>
          <th className={head}>{ACL_COLUMNS.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {acl.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an ACL may hold the same entry twice, and its order is all it has
          <tr key={index}>
            <td className={`${cell} font-mono text-xs`}>{entry.scheme}</td>
            <td className={`${cell} font-mono text-xs wrap-anywhere`}>
              {entry.id === '' ? <span className="font-sans text-ink-3">{EMPTY_ID}</span> : <bdi>{entry.id}</bdi>}
            </td>
            <td className={`${cell} font-mono text-xs whitespace-nowrap`}>
              {permissionLetters(entry.permissions)} <span className="text-ink-3">{entry.permissions}</span>
            </td>
            <td className={`${cell} text-ink-2 wrap-anywhere`}>{aclEntryInWords(entry)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
