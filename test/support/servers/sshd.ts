import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export interface SshServer {
  port: number;
  user: string;
  /** Fingerprint of its host key, as ssh-keygen prints it. */
  hostKey: string;
  /** A private key that lets the user in, sealed with `keyPassword`, and one that does not. */
  privateKey: string;
  keyPassword: string;
  strangerKey: string;
  /** Folder the user may write in. */
  inbox: string;
  /** Ends every connection at once. */
  cut(): void;
  stop(): void;
}

const findProgram = (): string | null =>
  ['/usr/sbin/sshd', ...(process.env.PATH ?? '').split(':').map((folder) => join(folder, 'sshd'))].find(
    (path) => existsSync(path),
  ) ?? null;

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const keyPassword = 'una clave larga';

function makeKey(folder: string, name: string, password: string): string {
  const path = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', password, '-C', name, '-f', path]);
  return path;
}

/**
 * An SSH server of its own, on a free port of this machine alone, for whoever runs the tests, by key; no file grows over the
 * size given, or none may be written. Without sshd, null and a line that says how to get it; with CI=true that is a failure.
 */
export async function startSshd(
  given: { mostBytes?: number; readOnly?: boolean } = {},
): Promise<SshServer | null> {
  const program = findProgram();
  if (!program) {
    const advice =
      'no sshd found: install one (Debian: apt-get install openssh-server) to run the tests of that destination';
    if (process.env.CI) throw new Error(advice);
    console.warn(advice);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-sshd-'));
  chmodSync(folder, 0o755);
  const hostFile = makeKey(folder, 'host', '');
  const userFile = makeKey(folder, 'user', keyPassword);
  const strangerFile = makeKey(folder, 'stranger', '');
  const authorized = join(folder, 'authorized');
  writeFileSync(authorized, readFileSync(`${userFile}.pub`), { mode: 0o600 });
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  const port = await freePort();
  const config = join(folder, 'config');
  writeFileSync(
    config,
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostFile}`,
      `AuthorizedKeysFile ${authorized}`,
      `PidFile ${join(folder, 'pid')}`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'StrictModes no',
      'MaxAuthTries 20',
      `Subsystem sftp internal-sftp${given.readOnly ? ' -R' : ''}`,
      '',
    ].join('\n'),
  );
  // Where it runs as root, it wants this folder for the part of it that may do nothing.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  // A file that may not grow stands for a disk that is full: the server sees the same failure to write.
  const limit = given.mostBytes ? `trap '' XFSZ; ulimit -f ${Math.ceil(given.mostBytes / 512)}; ` : '';
  const server = spawn('sh', ['-c', `${limit}exec ${program} -D -e -f ${config}`], { stdio: 'ignore' });
  await untilListens(port, server);
  const fingerprint = execFileSync('ssh-keygen', ['-lf', `${hostFile}.pub`], { encoding: 'utf8' });
  return {
    port,
    user: userInfo().username,
    hostKey: fingerprint.split(' ')[1] ?? '',
    privateKey: readFileSync(userFile, 'utf8'),
    keyPassword,
    strangerKey: readFileSync(strangerFile, 'utf8'),
    inbox,
    cut() {
      for (const pid of childrenOf(server.pid ?? 0)) end(pid);
    },
    stop() {
      const children = childrenOf(server.pid ?? 0);
      server.kill('SIGTERM');
      for (const pid of children) end(pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** The processes of the server's own connections, and theirs. */
function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  const own = existsSync(path)
    ? readFileSync(path, 'utf8').trim().split(' ').filter(Boolean).map(Number)
    : [];
  return own.flatMap((child) => [child, ...childrenOf(child)]);
}

async function untilListens(port: number, server: { exitCode: number | null }): Promise<void> {
  for (let attempt = 0; attempt < 100 && server.exitCode === null; attempt++) {
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('sshd did not start');
}
