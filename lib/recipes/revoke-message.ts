/** What Curator's Revoker writes into the znode of who shall release. Source: Revoker.REVOKE_MESSAGE. */
export const REVOKE = '__REVOKE__'
