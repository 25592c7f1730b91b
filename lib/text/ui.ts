/** Words that every part of the interface shares. */
export const CLOSE = 'Close'
export const CANCEL = 'Cancel'
export const DISMISS = 'Dismiss'
export const NOTIFICATIONS = 'Notifications'
export const PRODUCTION = 'prod'
export const COPIED = 'Copied'
export const COPY_FAILED = 'The browser did not allow copying. Select the text and copy it by hand.'
