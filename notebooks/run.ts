import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { type CommonOptions, common, connectFrom } from '#server/cli/common.ts';
import { describeFailure } from '#server/cli/failure.ts';
import { type Config, home, readConfig } from '#server/config.ts';
import type { CellRun, NotebookRun } from './kit/outputs.ts';
import { pageHtml } from './kit/page/page.ts';
import { serve } from './kit/serve.ts';
import { notebooksIn, openStudio, type Ran, type Studio } from './kit/studio.ts';

interface Options extends CommonOptions {
  once?: boolean;
  out?: string;
  port: string;
  language?: 'es' | 'en';
}

type OnChange = (run: NotebookRun, changed: CellRun | null) => void;

/** One run, with the workspace open for as long as it lasts. */
async function runOnce(
  studio: Studio,
  name: string,
  options: Options,
  config: Config,
  onChange?: OnChange,
): Promise<Ran> {
  const connection = await connectFrom(options);
  try {
    const workspace = { connection, name: options.server ?? config.workspace, config };
    return await studio.run(name, workspace, onChange);
  } finally {
    await connection.close();
  }
}

/** Runs a notebook whole into one HTML file. False when a cell failed or a figure did not agree. */
async function writeFileOf(studio: Studio, name: string, options: Options, config: Config): Promise<boolean> {
  const { run } = await runOnce(studio, name, options, config);
  const file = resolve(options.out ?? join(home, 'notebooks/.out', `${name}.${config.language}.html`));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await pageHtml(run, config.language, null));
  process.stdout.write(`${file}\n`);
  for (const { failure, cell } of run.cells)
    if (failure) process.stderr.write(`${name}.ts:${failure.line ?? cell.line}: ${failure.message}\n`);
  const differing = run.cells.flatMap(({ outputs }) => outputs.filter((o) => o.kind === 'check' && !o.holds));
  return run.state === 'done' && differing.length === 0;
}

async function serveAll(studio: Studio, options: Options, config: Config): Promise<void> {
  const run = async (name: string, onChange: OnChange) => {
    try {
      await runOnce(studio, name, options, config, onChange);
      return null;
    } catch (error) {
      const { message, fix } = describeFailure(error, config.language);
      return `${message}\n${fix}`;
    }
  };
  const served = await serve({ names: notebooksIn, run }, Number(options.port), config.language);
  studio.onSave(() => served.runOpen());
  process.stdout.write(`${served.address}\n`);
  await new Promise((stop) => process.once('SIGINT', stop).once('SIGTERM', stop));
  await served.close();
}

async function main(): Promise<void> {
  const program = common(new Command('npm run notebook --'))
    .description('Opens the notebooks, live, on this machine; with --once runs one whole into an HTML file')
    .argument('[name]', 'notebook, with or without its number', notebooksIn()[0])
    .option('--once')
    .option('--out <file>')
    .option('--port <number>', 'default: a free one', '0')
    .option('--language <es|en>');
  program.parse();
  const options = program.opts<Options>();
  const asked = program.args[0] ?? notebooksIn()[0]!;
  const name = notebooksIn().find(
    (candidate) => candidate === asked || candidate.replace(/^\d+-/, '') === asked,
  );
  const config = readConfig({
    ...(options.workspace ? { workspace: options.workspace } : {}),
    ...(options.language ? { language: options.language } : {}),
  });
  if (!name) throw new Error(`no notebook "${asked}"; there are: ${notebooksIn().join(', ')}`);
  const studio = await openStudio({ watch: !options.once });
  try {
    if (!options.once) await serveAll(studio, options, config);
    else if (!(await writeFileOf(studio, name, options, config))) process.exitCode = 1;
  } finally {
    await studio.close();
  }
}

main().catch((error: unknown) => {
  const { code, message, fix } = describeFailure(error, readConfig().language);
  const worded = code === 'internal' && error instanceof Error ? error.message : `${message}\n${fix}`;
  process.stderr.write(`${worded}\n`);
  process.exitCode = 1;
});
