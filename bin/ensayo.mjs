#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Ensayo needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}

/** Every package of the lock file that is not optional is there, in its version. */
function packagesAreThere() {
  try {
    const wanted = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')).packages;
    const found = JSON.parse(readFileSync(join(home, 'node_modules/.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([name, { version, optional, peer }]) =>
        name === '' || optional || peer || found[name]?.version === version,
    );
  } catch {
    return false;
  }
}

function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const staleLockMs = 15 * 60_000;

/** Installs what is missing, once, however many commands start at the same time. */
function install() {
  const lock = join(home, '.install.lock');
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx'));
      break;
    } catch {
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > staleLockMs)
        rmSync(lock, { force: true });
      else sleep(300);
      if (packagesAreThere()) return;
    }
  }
  try {
    if (packagesAreThere()) return;
    process.stderr.write('Installing packages (npm ci) …\n');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const { status } = spawnSync(npm, ['ci', '--include=dev', '--no-audit', '--no-fund'], {
      cwd: home,
      stdio: ['ignore', process.stderr, process.stderr],
      shell: process.platform === 'win32',
    });
    if (status !== 0) {
      process.stderr.write('npm ci failed; its own message is above.\n');
      process.exit(1);
    }
  } finally {
    rmSync(lock, { force: true });
  }
}

if (!packagesAreThere()) install();

const args = process.argv.slice(2);

/** Commands of the checkout that run a program of their own once the packages are there. */
const programs = {
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  notebook: ['node_modules/tsx/dist/cli.mjs', 'notebooks/run.ts'],
  bench: ['node_modules/tsx/dist/cli.mjs', 'test/bench/run.ts'],
};
const program = programs[args[0]];
if (program) {
  const [file, ...rest] = program;
  const { status } = spawnSync(process.execPath, [join(home, file), ...rest, ...args.slice(1)], {
    cwd: home,
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}

const { register } = await import('tsx/esm/api');
register();
const { main } = await import(pathToFileURL(join(home, 'server/cli/main.ts')).href);
process.exitCode = await main(args);
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
