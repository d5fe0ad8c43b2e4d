import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export interface PostgresServer {
  port: number;
  password: string;
  /** File of the certificate the server shows. */
  certificate: string;
  /** Address of the database for a user, without a password. */
  address(user?: string): string;
  /** Runs statements as the owner and gives what they print. */
  run(statements: string): string;
  /** Ends every other connection at once. */
  cut(): void;
  stop(): void;
}

/** Folder of the server's programs: the newest that Debian has installed, or wherever the path leads. */
function findPrograms(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  return (
    folders.find(
      (folder) => folder && ['initdb', 'postgres', 'psql'].every((name) => existsSync(join(folder, name))),
    ) ?? null
  );
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** PostgreSQL does not run as root: then the user that Debian makes for it runs it, or else nobody. */
function runner(): { uid: number; gid: number } | null {
  if (userInfo().uid !== 0) return null;
  for (const name of ['postgres', 'nobody'])
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The next one.
    }
  return null;
}

/**
 * A PostgreSQL server of its own, on a free port of this machine alone, with its data in a temporary folder; every
 * user needs the password. Without PostgreSQL, null and a line that says how to get it; with CI=true that is a failure.
 */
export async function startPostgres(): Promise<PostgresServer | null> {
  const programs = findPrograms();
  if (!programs) {
    const advice =
      'no PostgreSQL found: install one (Debian: apt-get install postgresql) to run the tests of that source';
    if (process.env.CI) throw new Error(advice);
    console.warn(advice);
    return null;
  }
  const as = runner();
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-postgres-'));
  const password = 'a pass:word@with/marks';
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (as) for (const path of [folder, passwordFile]) chownSync(path, as.uid, as.gid);
  const options = { cwd: folder, ...(as ?? {}) };
  const data = join(folder, 'data');
  execFileSync(
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'owner',
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
      `--pwfile=${passwordFile}`,
      '--no-sync',
    ],
    { ...options, stdio: 'pipe' },
  );
  execFileSync(
    'openssl',
    'req -new -x509 -days 2 -nodes -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout server.key -out server.crt'.split(
      ' ',
    ),
    { ...options, stdio: 'pipe' },
  );
  const port = await freePort();
  const server = spawn(
    join(programs, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
      '-c',
      'fsync=off',
      '-c',
      'ssl=on',
      '-c',
      `ssl_cert_file=${join(folder, 'server.crt')}`,
      '-c',
      `ssl_key_file=${join(folder, 'server.key')}`,
    ],
    { ...options, stdio: 'ignore' },
  );
  const run = (statements: string): string =>
    execFileSync(
      join(programs, 'psql'),
      [
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
        '-U',
        'owner',
        '-d',
        'postgres',
        '-qAtX',
        '-v',
        'ON_ERROR_STOP=1',
        '-f',
        '-',
      ],
      { ...options, input: statements, encoding: 'utf8', stdio: 'pipe', env: { PGPASSWORD: password } },
    );
  await untilAnswers(() => run('SELECT 1'), server);
  return {
    port,
    password,
    certificate: join(folder, 'server.crt'),
    run,
    address: (user = 'owner') => `postgresql://${user}@127.0.0.1:${port}/postgres`,
    cut: () =>
      void run(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
      ),
    stop() {
      server.kill('SIGQUIT');
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

async function untilAnswers(ask: () => void, server: { exitCode: number | null }): Promise<void> {
  for (let attempt = 0; ; attempt++)
    try {
      ask();
      return;
    } catch (error) {
      if (attempt === 100 || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
}
