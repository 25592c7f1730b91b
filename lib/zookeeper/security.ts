/** How a connection is protected. 'unverified': encrypted, but by the settings nobody checks whom we talk to. */
export type Encryption = 'none' | 'tls' | 'unverified'

/** What one auth packet says. */
export interface AuthIdentity {
  /** 'digest', 'ip', 'x509', or that of an authentication provider of the servers' own. */
  readonly scheme: string
  /** digest: "user:password"; ip and x509: nothing, the server knows them from the connection. A secret. */
  readonly auth: string
}

export type SaslOptions =
  | { readonly mechanism: 'DIGEST-MD5'; readonly user: string; readonly password: string }
  /** Kerberos, with the credentials of the process (its ticket cache or keytab); service is "zookeeper" as a rule. */
  | { readonly mechanism: 'GSSAPI'; readonly service: string }

/** PEM files are read again for every connection, because certificates are renewed where they lie. */
export interface TlsOptions {
  /** Authorities whose certificates are believed; without it those that Node brings. */
  readonly caFile?: string
  /** Our own certificate with its chain, and its key, for servers that want to know who we are. */
  readonly certFile?: string
  readonly keyFile?: string
  readonly passphrase?: string
  /** The name that a server's certificate must carry. Default: its host in the connect string. */
  readonly serverName?: string
  /** false: a certificate of these authorities is believed whatever name it carries. */
  readonly verifyName?: boolean
  /** true: any certificate is believed, so that whoever sits on the line can read and change everything. */
  readonly insecure?: boolean
}
