import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
};

/**
 * sha256, in hex, of a plan as JSON with its keys in order: equal plans have equal hashes wherever they were made.
 * It must hold nothing drawn or counted by the machine, such as identifiers or instants.
 */
export const hashPlan = (plan: unknown): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify(ordered(plan)))));
