import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { engineVersion } from '#server/engine/duckdb.ts';
import { type Measure, markdown } from './measure.ts';

const { values, positionals } = parseArgs({
  options: { accounts: { type: 'string' }, write: { type: 'boolean', default: true } },
  allowNegative: true,
  allowPositionals: true,
});
const here = new URL('./', import.meta.url);
const all = readdirSync(new URL('measures/', here)).map((file) => file.replace(/\.ts$/, ''));
/** The measure of a name, or those that begin with it: `models` is `models-pace` and `models-quality`. */
const named = (given: string) =>
  all.includes(given) ? [given] : all.filter((one) => one.startsWith(`${given}-`));
const unknown = positionals.find((name) => named(name).length === 0);
if (unknown) {
  process.stderr.write(`unknown measure: "${unknown}"; there are ${all.join(', ')}\n`);
  process.exit(2);
}
const wanted = positionals.length ? [...new Set(positionals.flatMap(named))] : all;

/** Each in a process of its own, so that its peak of memory is its own. */
if (wanted.length > 1) {
  const self = fileURLToPath(import.meta.url);
  const options = process.argv.slice(2).filter((argument) => !positionals.includes(argument));
  const ended = wanted.map(
    (name) =>
      spawnSync(process.execPath, [...process.execArgv, self, name, ...options], { stdio: 'inherit' }).status,
  );
  process.exit(ended.some((status) => status !== 0) ? 1 : 0);
}

const name = wanted[0] ?? '';
const { default: measure } = (await import(new URL(`measures/${name}.ts`, here).href)) as {
  default: Measure;
};
const bench = {
  accounts: Number(values.accounts ?? measure.accounts),
  threads: 2,
  memoryLimit: measure.memoryLimit ?? '8GB',
  folder: mkdtempSync(join(tmpdir(), 'ensayo-bench-')),
  tell: (line: string) => process.stderr.write(`${name}: ${line}\n`),
};
try {
  const measured = await measure.run(bench);
  const peak = (process.resourceUsage().maxRSS / 1e6).toFixed(1);
  const where = `${new Date().toISOString().slice(0, 10)}, \`npm run bench -- ${name} --accounts ${bench.accounts}\`, Node ${process.versions.node}, DuckDB ${engineVersion()}, ${bench.threads} threads, ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, engine limited to ${bench.memoryLimit}; peak memory of the process ${peak} GB.`;
  const section = `## ${measure.title}\n\n${measure.about}\n\n${where}\n\n${markdown(measured)}`;
  process.stdout.write(`${section}\n`);
  if (values.write) write(section);
} finally {
  rmSync(bench.folder, { recursive: true, force: true });
}

/** Puts a section where it stood, or last. */
function write(section: string): void {
  const file = new URL('RESULTS.md', here);
  const text = readFileSync(file, 'utf8');
  const [from, to] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const begins = text.indexOf(from);
  const marked = `${from}${section}${to}`;
  writeFileSync(
    file,
    begins < 0
      ? `${text.trimEnd()}\n\n${marked}\n`
      : text.slice(0, begins) + marked + text.slice(text.indexOf(to, begins) + to.length),
  );
}
