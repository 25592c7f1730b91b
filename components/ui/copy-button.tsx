'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { COPIED, COPY_FAILED } from '@/lib/text/ui'
import { cn } from './cn'
import { copyText } from './copy-text'
import { showToast } from './toast'

/** Copies `text`; `label` says what it is ("Copy czxid"). */
export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1_500)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy() {
    if (await copyText(text)) setCopied(true)
    else showToast({ kind: 'problem', title: COPY_FAILED })
  }

  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      aria-label={copied ? COPIED : label}
      title={label}
      onClick={() => void copy()}
      className={cn(
        'grid size-6 flex-none place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink',
        className,
      )}
    >
      <Icon size={13} aria-hidden />
    </button>
  )
}
