import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '#server/config.ts';
import { openSecret, sealSecret } from '#server/store/secrets.ts';

let folder: string;
const given = (secretKeyFile: string | null = null) => ({
  config: readConfig({ workspace: folder, secretKeyFile }),
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'ñandú · 中文', '', 'x'.repeat(10_000)])(
  'a secret comes back as it was and is never the same text twice: %.20s',
  (plain) => {
    const [one, other] = [sealSecret(given(), plain), sealSecret(given(), plain)];
    expect([openSecret(given(), one), openSecret(given(), other)]).toEqual([plain, plain]);
    expect(one).not.toBe(other);
    if (plain) expect(one).not.toContain(plain.slice(0, 12));
  },
);

it('keeps the key in a file of its own that only its owner reads', () => {
  sealSecret(given(), 'a');
  expect(statSync(join(folder, 'secrets.key')).mode & 0o777).toBe(0o600);
  const elsewhere = join(folder, 'apart', 'ensayo.key');
  const sealed = sealSecret(given(elsewhere), 'b');
  expect(statSync(elsewhere).mode & 0o777).toBe(0o600);
  expect(openSecret(given(elsewhere), sealed)).toBe('b');
  expect(() => openSecret(given(), sealed)).toThrow(expect.objectContaining({ code: 'secret_key_other' }));
});

it('refuses a key others may read, one that is gone, one that is none, and a text that was changed', () => {
  const path = join(folder, 'secrets.key');
  const sealed = sealSecret(given(), 'whsec_abc');
  const key = readFileSync(path, 'utf8');
  chmodSync(path, 0o644);
  expect(() => openSecret(given(), sealed)).toThrow(
    expect.objectContaining({ code: 'secret_key_exposed', details: { path, mode: '644' } }),
  );
  chmodSync(path, 0o600);
  const flipped = sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2);
  for (const changed of [flipped, 'v1.x', '', sealed.replace('v1', 'v2')])
    expect(() => openSecret(given(), changed)).toThrow(expect.objectContaining({ code: 'secret_key_other' }));
  writeFileSync(path, 'not a key');
  expect(() => sealSecret(given(), 'a')).toThrow(expect.objectContaining({ code: 'secret_key_unusable' }));
  rmSync(path);
  expect(() => openSecret(given(), sealed)).toThrow(expect.objectContaining({ code: 'secret_key_lost' }));
  writeFileSync(path, key, { mode: 0o600 });
  expect(openSecret(given(), sealed)).toBe('whsec_abc');
});
