import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '#core/sql/sql.ts';
import { ensayo, startEnsayo } from '../../support/servers/ensayo.ts';
import { openTestWorkspace } from '../../support/workspace.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (...args: string[]) => ensayo(...args, '--workspace', folder);
const failure = (stdout: string) =>
  (JSON.parse(stdout) as { error: { code: string; message: string } }).error;

describe('the command line', () => {
  it('answers one JSON value with --json', async () => {
    const { code, stdout } = await inFolder('status', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ next: 'load' });
  });

  it.each([
    [['nonsense'], 2, 'usage', 'nonsense'],
    [['load', '--recipe', 'taiwan'], 2, 'invalid_input', 'file'],
    [['load', '--file', 'absent.csv', '--recipe', 'taiwan'], 1, 'load_file_missing', 'absent.csv'],
    [['load', '--file', 'package.json', '--recipe', 'nosuch'], 1, 'load_recipe_unknown', 'nosuch'],
    [['model', 'show', 'abc'], 1, 'not_found', 'abc'],
    [['train', 'self-cure', '--learners', 'scorecard, nosuch'], 1, 'not_found', 'nosuch'],
    [['train', 'self-cure', '--learners', 'scorecard', '--seed', 'one'], 2, 'invalid_input', 'seed'],
    [['train', 'self-cure', '--learners', 'scorecard', '--search-seconds', '5'], 1, 'missing_step', 'load'],
    [['segment', 'preview', '--condition', '{"all":[]}'], 1, 'no_snapshots', ''],
    [['experiment', 'design', '--arms', '{'], 2, 'usage', '--arms'],
    [['experiment', 'design', '--input', 'absent.json'], 2, 'usage', 'absent.json'],
    [['start', '--host', '0.0.0.0'], 1, 'not_loopback', '0.0.0.0'],
    [['start', '--port', 'ninety'], 2, 'usage', 'ninety'],
  ])('%j ends with %i %s, quoting %s', async (args, code, name, quoted) => {
    const ran = await inFolder(...args, ...(args[0] === 'start' ? [] : ['--json']));
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(quoted);
    if (args[0] !== 'start') expect(failure(ran.stdout)).toMatchObject({ code: name });
  });

  it('refuses a workspace of a newer version', async () => {
    const workspace = await openTestWorkspace(folder);
    await workspace.context.engine.run(sql`UPDATE settings SET value = '999' WHERE name = 'schema_version'`);
    await workspace.context.jobs.stop();
    await workspace.context.engine.close();
    const { code, stdout } = await inFolder('status', '--json');
    expect(code).toBe(1);
    expect(failure(stdout)).toMatchObject({
      code: 'workspace_newer',
      message: expect.stringContaining('999'),
    });
  });

  it('says so when the file is not a database', async () => {
    writeFileSync(join(folder, 'ensayo.duckdb'), 'a letter');
    const { code, stdout } = await inFolder('status', '--json');
    expect(code).toBe(1);
    expect(failure(stdout)).toMatchObject({ code: 'workspace_unreadable' });
  });
});

describe('a workspace with a server', () => {
  it('is spoken to through it, with the same answers; it closes cleanly', async () => {
    const server = await startEnsayo(folder);
    try {
      expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/sign-in\?code=en_/);
      const { stdout } = await inFolder('token', 'create', '--name', 'script', '--json');
      const { secret } = JSON.parse(stdout) as { secret: string };
      const origin = new URL(server.url).origin;
      const remote = await ensayo('status', '--json', '--server', origin, '--token', secret);
      expect(JSON.parse(remote.stdout)).toMatchObject({ next: 'load' });
      const wrong = await ensayo('status', '--json', '--server', origin, '--token', 'en_wrong');
      expect(failure(wrong.stdout)).toMatchObject({ code: 'unauthenticated' });
      const again = await inFolder('start', '--port', '0');
      expect(again.code).toBe(3);
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });

  it('killed leaves a workspace that opens again', async () => {
    const server = await startEnsayo(folder);
    await server.kill();
    const { code, stdout } = await inFolder('status', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ next: 'load' });
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await inFolder('start', '--port', String(port));
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is taken`);
  });

  it('that does not answer is named', async () => {
    const { code, stdout } = await ensayo(
      'status',
      '--json',
      '--server',
      'http://127.0.0.1:9',
      '--token',
      'x',
    );
    expect(code).toBe(1);
    expect(failure(stdout)).toMatchObject({ code: 'server_unreachable' });
  });
});
