import { COORDINATION } from './coordination-content'
import { Random } from './random'

/** What believable programs keep in ZooKeeper. A value null makes a folder. Parents stand before their children. */
export function seedContent(jobs: readonly string[], services: readonly string[]): ReadonlyMap<string, Buffer | null> {
  const text = (lines: readonly string[]) => Buffer.from(`${lines.join('\n')}\n`)
  return new Map<string, Buffer | null>([
    ['/config', null],
    ['/config/checkout', null],
    [
      '/config/checkout/settings.json',
      // 2^53 + 1: a parser that makes it a JavaScript number changes it.
      text([
        '{',
        '  "merchantId": 9007199254740993,',
        '  "currency": "EUR",',
        '  "timeoutMs": 2500,',
        '  "retries": { "max": 3, "backoffMs": [100, 400, 1600] },',
        '  "paymentMethods": ["card", "sepa", "invoice"],',
        '  "vat": 0.190',
        '}',
      ]),
    ],
    ['/config/checkout/banner.txt', Buffer.from('Grüße aus dem Lager – Lieferung in 2 Tagen ✓ 価格は税込\n')],
    ['/config/ledger', null],
    [
      '/config/ledger/ledger.yaml',
      text([
        '# Ledger: who books what, and when',
        'ledger:',
        '  shards: 16',
        '  closing: "23:30"',
        '  accounts:',
        '    - id: 4000000000000000001',
        '      name: receivables',
        '    - id: 4000000000000000002',
        '      name: fees',
        '  audit:',
        '    enabled: true',
        '    keepDays: 3650',
      ]),
    ],
    ['/config/routing', null],
    [
      '/config/routing/routes.xml',
      text([
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<routes default="eu-central">',
        '  <route host="shop.example" region="eu-central" weight="90"/>',
        '  <route host="shop.example" region="eu-west" weight="10"/>',
        '  <!-- drained since Tuesday -->',
        '  <route host="api.example" region="us-east" weight="0"/>',
        '</routes>',
      ]),
    ],
    [
      '/config/routing/gateway.properties',
      text([
        '# gateway',
        'gateway.connect.timeout=1500',
        'gateway.pool.size = 64',
        'gateway.greeting=Hello\\u0021',
        'gateway.tls=true',
      ]),
    ],
    ['/config/features', null],
    [
      '/config/features/flags.json',
      text([
        '{',
        '  "new-checkout": { "enabled": true, "percent": 25 },',
        '  "dark-mode": { "enabled": true, "percent": 100 },',
        '  "one-click-returns": { "enabled": false, "percent": 0 }',
        '}',
      ]),
    ],
    ['/config/search', null],
    ['/config/search/bloom.bin', randomBytes(1_024)],
    ['/config/search/empty', Buffer.alloc(0)],
    ...COORDINATION,
    ['/services', null],
    ...services.map((service) => [`/services/${service}`, null] as const),
    ['/jobs', null],
    ...jobs.flatMap((job) => [
      [`/jobs/${job}`, null] as const,
      [`/jobs/${job}/progress`, Buffer.from('0%')] as const,
      [`/jobs/${job}/state`, Buffer.from('running')] as const,
    ]),
    ['/catalog', null],
    ['/catalog/products', null],
  ])
}

function randomBytes(count: number): Buffer {
  const random = new Random(7)
  return Buffer.from(Array.from({ length: count }, () => random.between(0, 255)))
}
