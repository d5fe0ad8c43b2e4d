/** With this code a query process says that it took more memory than it may. */
export const outOfMemoryExit = 86;

const units = { MB: 1e6, GB: 1e9 } as const;

/** Bytes of `512MB` or `2GB`. */
export function bytesOf(size: string): number {
  const unit = size.slice(-2) as keyof typeof units;
  return Number(size.slice(0, -2)) * units[unit];
}
