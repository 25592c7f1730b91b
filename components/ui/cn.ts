import { type ClassValue, clsx } from 'clsx'

/**
 * Joins class names. Where a caller's class must beat the control's own for the same property it is marked important
 * ("w-72!"): merging classes by rule costs more than all our controls together.
 */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes)
}
