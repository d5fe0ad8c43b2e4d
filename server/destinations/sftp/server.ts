import { createHash, timingSafeEqual } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { Client, type SFTPWrapper } from 'ssh2';
import { DomainError } from '#core/errors/domain-error.ts';
import { TryLater } from '../destination.ts';
import { InsideAddress } from '../inside.ts';
import { resolveHost } from '../reach.ts';
import type { World } from '../world.ts';

export interface Login {
  host: string;
  port: number;
  user: string;
  password?: string | undefined;
  privateKey?: string | undefined;
  keyPassword?: string | undefined;
  /** SHA256:… as ssh-keygen prints it. */
  hostKey?: string | undefined;
}

export interface Server {
  sftp: SFTPWrapper;
  /** Settles one request. @throws TryLater once the connection is gone; the server's own errors as they are */
  ask<T = void>(request: (done: (error: Error | null | undefined, value?: T) => void) => unknown): Promise<T>;
  close(): void;
}

/** The fingerprint of a key, as ssh-keygen prints it. */
export const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const wordsOf = (error: unknown): string =>
  error instanceof Error
    ? [('code' in error && String(error.code)) || '', error.message].filter(Boolean).join(': ')
    : String(error);

/**
 * Opens a connection whose host key is the one expected, and signs in.
 *
 * @throws address_refused, sftp_host_key, sftp_refused; TryLater when the server cannot be reached
 */
export async function connectSftp(login: Login, world: World): Promise<Server> {
  const client = new Client();
  let seen: string | null = null;
  let lost: Error | null = null;
  const ended = new Promise<never>((_, reject) => {
    client.on('error', (error) => {
      lost ??= error;
      reject(error);
    });
    client.on('close', () => reject(lost ?? new Error('the connection was closed')));
  });
  ended.catch(() => {});
  try {
    const address = await resolveHost(login.host, world.allowedPrivate);
    const sock = connectTcp({ host: address, port: login.port });
    sock.setTimeout(world.callTimeoutMs, () => sock.destroy(new Error('no answer in time')));
    const ready = new Promise<void>((resolve) => client.once('ready', resolve));
    // Errors before the protocol begins are the socket's own.
    const broken = new Promise<never>((_, reject) => sock.once('error', reject));
    broken.catch(() => {});
    client.connect({
      sock,
      username: login.user,
      ...(login.password ? { password: login.password } : {}),
      ...(login.privateKey ? { privateKey: login.privateKey } : {}),
      ...(login.keyPassword ? { passphrase: login.keyPassword } : {}),
      readyTimeout: world.callTimeoutMs,
      keepaliveInterval: Math.max(1000, world.callTimeoutMs / 3),
      hostVerifier: (key: Buffer) => {
        seen = fingerprint(key);
        return login.hostKey !== undefined && same(seen, login.hostKey);
      },
    });
    await Promise.race([ready, ended, broken]);
    sock.setTimeout(0);
    const ask: Server['ask'] = <T>(
      request: (done: (error: Error | null | undefined, value?: T) => void) => unknown,
    ) =>
      Promise.race([
        new Promise<T>((resolve, reject) =>
          request((error, value) => (error ? reject(error) : resolve(value as T))),
        ),
        ended,
      ]).catch((error: unknown) => {
        const isAnswer = error instanceof Error && 'code' in error && typeof error.code === 'number';
        throw isAnswer ? error : new TryLater(wordsOf(lost ?? error));
      });
    const sftp = await ask<SFTPWrapper>((done) => client.sftp(done));
    return { sftp, ask, close: () => client.end() };
  } catch (error) {
    client.destroy();
    throw asRefusal(error, login, seen);
  }
}

function asRefusal(error: unknown, { host, user, hostKey }: Login, seen: string | null): unknown {
  if (error instanceof InsideAddress)
    return new DomainError('address_refused', { address: error.address, reason: 'inside the house' });
  if (seen !== null && seen !== hostKey)
    return hostKey === undefined
      ? new DomainError('sftp_host_key_unset', { host, seen })
      : new DomainError('sftp_host_key', { host, seen, expected: hostKey });
  const level = error instanceof Error && 'level' in error ? error.level : null;
  if (level === 'client-authentication')
    return new DomainError('sftp_refused', { host, user, reason: 'no method of signing in was accepted' });
  if (error instanceof Error && /privateKey|passphrase/i.test(error.message))
    return new DomainError('sftp_refused', { host, user, reason: error.message });
  return error instanceof TryLater ? error : new TryLater(`${host}: ${wordsOf(error)}`);
}
