import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';

type Given = Pick<Context, 'config' | 'randomBytes'>;

const cipherName = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const form = 'v1';

const keyPath = ({ config }: Given): string => config.secretKeyFile ?? join(config.workspace, 'secrets.key');

/** Which key sealed a secret: enough to tell two apart, nothing to guess one by. */
const nameOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

/** @throws secret_key_exposed, secret_key_unusable */
function readKey(path: string): Buffer {
  const mode = statSync(path).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new DomainError('secret_key_exposed', { path, mode: mode.toString(8) });
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new DomainError('secret_key_unusable', { path });
  return Buffer.from(text, 'hex');
}

function makeKey(context: Given, path: string): Buffer {
  const key = Buffer.from(context.randomBytes(keyBytes));
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${key.toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return key;
}

/**
 * A secret as it may be stored: AES-256-GCM under a key that stands in a file of its own, apart from the database, so
 * that a copy of the database alone opens nothing. The key is made with the first secret, for its owner only.
 *
 * @returns text: form, name of the key, nonce, and what was sealed with its tag
 * @throws secret_key_exposed, secret_key_unusable
 */
export function sealSecret(context: Given, plain: string): string {
  const path = keyPath(context);
  const key = existsSync(path) ? readKey(path) : makeKey(context, path);
  const nonce = Buffer.from(context.randomBytes(nonceBytes));
  const cipher = createCipheriv(cipherName, key, nonce);
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [form, nameOf(key), nonce.toString('base64url'), sealed.toString('base64url')].join('.');
}

/**
 * The secret again.
 *
 * @throws secret_key_lost where the key's file is gone; secret_key_other where it was sealed with another key or
 * changed since; secret_key_exposed, secret_key_unusable
 */
export function openSecret(context: Given, sealed: string): string {
  const path = keyPath(context);
  if (!existsSync(path)) throw new DomainError('secret_key_lost', { path });
  const key = readKey(path);
  const [version, name, nonce = '', body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  if (version !== form || name !== nameOf(key) || bytes.length < tagBytes)
    throw new DomainError('secret_key_other', { path });
  try {
    const decipher = createDecipheriv(cipherName, key, Buffer.from(nonce, 'base64url'));
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
    const plain = decipher.update(bytes.subarray(0, bytes.length - tagBytes));
    return Buffer.concat([plain, decipher.final()]).toString('utf8');
  } catch {
    throw new DomainError('secret_key_other', { path });
  }
}
